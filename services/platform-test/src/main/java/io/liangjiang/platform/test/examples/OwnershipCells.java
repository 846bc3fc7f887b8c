package io.liangjiang.platform.test.examples;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.MethodDescriptor.PrototypeMarshaller;
import io.grpc.ServiceDescriptor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * The cells of the ownership matrix: every RPC that citizens may call, and every one that staff of
 * an organisation may, by the contract's access option. A cell is held when an example of it
 * succeeds that {@link Ownership} tries as others. Services and operators, whose work is with
 * everybody's objects, have no cells, and what everybody may call has none either.
 */
public final class OwnershipCells {
  private static final String CITIZEN = "citizen";
  private static final String STAFF = "staff";
  private static final Set<String> OF_NO_ORGANISATION =
      Set.of(CITIZEN, "service", "admin", "auditor", "security-admin");

  private final Map<String, MethodDescriptor<?, ?>> methods = new HashMap<>();
  private final Set<String> cells = new TreeSet<>();
  private final Set<String> held = new TreeSet<>();

  private OwnershipCells(ServiceDescriptor... services) {
    for (ServiceDescriptor service : services) {
      service.getMethods().stream()
          .filter(method -> method.getType() == MethodType.UNARY)
          .forEach(this::add);
    }
  }

  /** The cells of the services, as the conversations of a domain hold them. */
  public static OwnershipCells ofDomain(String domain, ServiceDescriptor... services) {
    return of(Conversation.ofDomain(domain), services);
  }

  /** The cells of the services, as these conversations hold them. */
  static OwnershipCells of(Collection<Conversation> conversations, ServiceDescriptor... services) {
    var matrix = new OwnershipCells(services);
    conversations.forEach(matrix::read);
    return matrix;
  }

  /**
   * Cells that no example holds, and entries of the list that are out of date.
   *
   * @param withoutObject cells with nothing in them that another one owns, for example
   *     "TripService/CreateTrip citizen", each with the reason
   */
  public List<String> gaps(Map<String, String> withoutObject) {
    List<String> gaps = new ArrayList<>();
    for (String cell : cells) {
      if (!held.contains(cell) && !withoutObject.containsKey(cell)) {
        gaps.add(cell + " has no example with an object of somebody's");
      }
    }
    for (String cell : new TreeMap<>(withoutObject).keySet()) {
      if (!cells.contains(cell)) {
        gaps.add(cell + " is listed and no cell");
      } else if (held.contains(cell)) {
        gaps.add(cell + " is listed and held by an example");
      }
    }
    return gaps;
  }

  private void add(MethodDescriptor<?, ?> method) {
    methods.put(method.getFullMethodName(), method);
    var access = Owned.access(method);
    if (access.getAnonymous()) {
      return;
    }
    for (String role : access.getRolesList()) {
      if (role.equals(CITIZEN)) {
        cells.add(cell(method, CITIZEN));
      } else if (!OF_NO_ORGANISATION.contains(role)) {
        cells.add(cell(method, STAFF));
      }
    }
  }

  private void read(Conversation conversation) {
    var owned = new Owned();
    for (Exchange exchange : conversation.exchanges()) {
      var method = methods.get(exchange.rpc());
      var response = exchange.response();
      if (method == null || response == null) {
        continue;
      }
      Message request =
          ExampleJson.read(exchange.request(), builder(method.getRequestMarshaller()));
      Message answer = ExampleJson.read(response, builder(method.getResponseMarshaller()));
      String caller = exchange.caller();
      owned.learn(method, request, answer);
      boolean citizen = caller.startsWith(CITIZEN + " ");
      if ((citizen || !Owned.organisation(caller).isEmpty())
          && owned.holds(caller, method, request, answer)) {
        held.add(cell(method, citizen ? CITIZEN : STAFF));
      }
    }
  }

  private static String cell(MethodDescriptor<?, ?> method, String kind) {
    String rpc = method.getFullMethodName();
    return rpc.substring(rpc.lastIndexOf('.') + 1) + " " + kind;
  }

  private static Message.Builder builder(MethodDescriptor.Marshaller<?> marshaller) {
    return ((Message) ((PrototypeMarshaller<?>) marshaller).getMessagePrototype())
        .newBuilderForType();
  }
}
