package io.liangjiang.platform.test.examples;

import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.liangjiang.platform.v1.AccessProto;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Which RPCs the examples leave out. */
public final class Coverage {
  private final Set<String> answered = new HashSet<>();
  private final Set<String> refused = new HashSet<>();

  private Coverage(List<Conversation> conversations) {
    for (Conversation conversation : conversations) {
      for (Exchange exchange : conversation.exchanges()) {
        (exchange.error() == null ? answered : refused).add(exchange.rpc());
      }
    }
  }

  /** What these conversations cover. */
  public static Coverage of(List<Conversation> conversations) {
    return new Coverage(conversations);
  }

  /**
   * What all conversations of a domain cover, and of the platform, whose services every domain
   * serves.
   */
  public static Coverage ofDomain(String domain) {
    return of(Conversation.ofDomain(domain));
  }

  /**
   * Unary RPCs of the services without an example that succeeds, and those without one that is
   * refused, each with what it lacks. What everybody may call and asks nothing cannot be refused.
   */
  public List<String> gaps(ServiceDescriptor... services) {
    List<String> gaps = new ArrayList<>();
    for (MethodDescriptor<?, ?> method : unary(services)) {
      String rpc = method.getFullMethodName();
      if (!answered.contains(rpc)) {
        gaps.add(rpc + " has no example that succeeds");
      }
      if (!refused.contains(rpc) && canBeRefused(method)) {
        gaps.add(rpc + " has no example that is refused");
      }
    }
    return gaps;
  }

  private static List<MethodDescriptor<?, ?>> unary(ServiceDescriptor... services) {
    return Arrays.stream(services)
        .flatMap(service -> service.getMethods().stream())
        .<MethodDescriptor<?, ?>>map(method -> method)
        .filter(method -> method.getType() == MethodType.UNARY)
        .toList();
  }

  private static boolean canBeRefused(MethodDescriptor<?, ?> method) {
    if (!(method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier schema)) {
      return true;
    }
    var rpc = schema.getMethodDescriptor();
    return !rpc.getOptions().getExtension(AccessProto.access).getAnonymous()
        || !rpc.getInputType().getFields().isEmpty();
  }
}
