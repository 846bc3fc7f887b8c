package io.liangjiang.platform.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.Access;
import io.liangjiang.platform.v1.AccessProto;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Holds every call of a conversation that will succeed against those who may not make it, just
 * before it is made: another citizen (or another organisation's staff) gets for somebody's object
 * exactly what an unknown id gets, and sees nobody else's objects in lists; a delegate passes with
 * the power that the contract names and with no other. An object is somebody's when its id was
 * first seen in an answer to them.
 */
final class Ownership {
  /** A unary call as somebody. */
  interface Wire {
    Message call(MethodDescriptor<Message, Message> method, String token, Message request);
  }

  /** What somebody is told who may not. */
  private record Answer(String code, String reason, String words) {}

  private static final String REQUEST_ID = "request_id";
  private static final String OTHER_ORGANISATION = "ownership-matrix";
  private static final Set<String> CLOSED_TO_DELEGATES =
      Set.of("ACTING_NOT_ALLOWED", "POWER_NOT_GIVEN");
  private static final List<String> POWERS =
      List.of(
          "healthcare.book",
          "healthcare.read_records",
          "payments.pay",
          "payments.read_records",
          "tourism.book",
          "tourism.read_records",
          "transit.read_records");

  private final Wire wire;
  private final boolean leavesRecords;
  private final Set<String> everybodys = new HashSet<>();
  private final Map<String, String> owners = new HashMap<>();

  /**
   * Begins a conversation.
   *
   * @param leavesRecords whether delegates may read, which leaves access records
   */
  Ownership(Wire wire, boolean leavesRecords) {
    this.wire = wire;
    this.leavesRecords = leavesRecords;
  }

  /**
   * Tries the call as others.
   *
   * @param caller as examples name it, with what its samples stand for
   */
  void probe(String caller, MethodDescriptor<Message, Message> method, Message request) {
    Access access = access(method);
    String[] words = caller.split(" ", -1);
    if (access.getAnonymous()) {
      return;
    }
    if (words[0].equals("citizen")) {
      probeCitizen(words[1], method, request);
      probeDelegate(words[1], method, request);
    } else if (words[0].equals("staff") && words.length > 2) {
      probeObjects(TestTokens.staff(words[1], OTHER_ORGANISATION), caller, method, request);
    }
  }

  /** Takes note of whose the ids of an answer are. */
  void learn(String caller, MethodDescriptor<?, ?> method, Message request, Message answer) {
    String[] words = caller.split(" ", -1);
    ids(request).stream().filter(id -> !owners.containsKey(id)).forEach(everybodys::add);
    boolean owned =
        !access(method).getAnonymous() && (words[0].equals("citizen") || words.length > 2);
    for (String id : ids(answer)) {
      if (owned && !everybodys.contains(id)) {
        owners.putIfAbsent(id, words[0].equals("citizen") ? words[1] : words[2]);
      } else {
        everybodys.add(id);
      }
    }
  }

  private void probeCitizen(
      String citizen, MethodDescriptor<Message, Message> method, Message request) {
    String stranger = TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.FACE);
    probeObjects(stranger, "citizen " + citizen, method, request);
    if (isSafe(method) && objects(request).isEmpty()) {
      assertThat(ids(answerOrNothing(stranger, method, request)))
          .as("ids that %s shows another citizen", method.getFullMethodName())
          .noneMatch(id -> citizen.equals(owners.get(id)) || id.equals(citizen));
    }
  }

  private void probeObjects(
      String stranger, String owner, MethodDescriptor<Message, Message> method, Message request) {
    Set<String> objects = objects(request);
    if (objects.isEmpty()) {
      return;
    }
    String rpc = method.getFullMethodName();
    Answer others = refusal(stranger, method, request);
    assertThat(others.code())
        .as("what %s answers somebody else about what is of %s (%s)", rpc, owner, others.reason())
        .isEqualTo("NOT_FOUND");
    Map<String, String> unknown = new HashMap<>();
    objects.forEach(id -> unknown.put(id, UUID.randomUUID().toString()));
    Message asked = Rewriting.of(request, text -> unknown.getOrDefault(text, text), time -> time);
    assertThat(others)
        .as("%s answers about somebody else's object as about none", rpc)
        .isEqualTo(refusal(stranger, method, asked));
  }

  private void probeDelegate(
      String citizen, MethodDescriptor<Message, Message> method, Message request) {
    String rpc = method.getFullMethodName();
    String power = access(method).getActingPower();
    var others = POWERS.stream().filter(each -> !each.equals(power)).toList();
    for (List<String> held : List.of(List.<String>of(), others)) {
      assertThat(refusal(delegate(citizen, held), method, request).reason())
          .as("what %s answers a delegate who holds %s", rpc, held)
          .isIn(CLOSED_TO_DELEGATES);
    }
    if (leavesRecords && !power.isEmpty() && isSafe(method)) {
      assertThat(refusal(delegate(citizen, List.of(power)), method, request).reason())
          .as("what %s answers a delegate who holds %s", rpc, power)
          .isEmpty();
    }
  }

  private static String delegate(String citizen, List<String> powers) {
    return TestTokens.acting(
        UUID.fromString(citizen), UUID.randomUUID(), AssuranceLevel.FACE, powers);
  }

  private Answer refusal(String token, MethodDescriptor<Message, Message> method, Message request) {
    try {
      var unused = wire.call(method, token, freshly(request));
      return new Answer("OK", "", "");
    } catch (StatusRuntimeException refusal) {
      var status = refusal.getStatus();
      return new Answer(
          status.getCode().name(),
          TestCalls.reason(refusal),
          String.valueOf(status.getDescription()));
    }
  }

  private Message answerOrNothing(
      String token, MethodDescriptor<Message, Message> method, Message request) {
    try {
      return wire.call(method, token, request);
    } catch (StatusRuntimeException refusal) {
      return com.google.protobuf.Empty.getDefaultInstance();
    }
  }

  /** Under a request id that nobody has used. */
  private static Message freshly(Message request) {
    var field = request.getDescriptorForType().findFieldByName(REQUEST_ID);
    return field == null
        ? request
        : request.toBuilder().setField(field, UUID.randomUUID().toString()).build();
  }

  /** The ids in a request that are somebody's. */
  private Set<String> objects(Message request) {
    Set<String> found = ids(request);
    found.retainAll(owners.keySet());
    return found;
  }

  private static Set<String> ids(Message message) {
    Set<String> found = new HashSet<>();
    UnaryOperator<String> collect =
        text -> {
          if (Violations.isUuid(text)) {
            found.add(text);
          }
          return text;
        };
    var field = message.getDescriptorForType().findFieldByName(REQUEST_ID);
    Message bare = field == null ? message : message.toBuilder().clearField(field).build();
    var unused = Rewriting.of(bare, collect, time -> time);
    return found;
  }

  private static boolean isSafe(MethodDescriptor<?, ?> method) {
    String name = String.valueOf(method.getBareMethodName());
    return name.startsWith("Get") || name.startsWith("List");
  }

  private static Access access(MethodDescriptor<?, ?> method) {
    return method.getSchemaDescriptor() instanceof ProtoMethodDescriptorSupplier supplier
        ? supplier.getMethodDescriptor().getOptions().getExtension(AccessProto.access)
        : Access.getDefaultInstance();
  }
}
