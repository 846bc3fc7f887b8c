package io.liangjiang.platform.test.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Message;
import io.grpc.MethodDescriptor;
import io.grpc.StatusRuntimeException;
import io.liangjiang.platform.test.TestCalls;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Holds every call of a conversation that will succeed against those who may not make it, just
 * before it is made: another citizen (or another organisation's staff) gets for somebody's object
 * exactly what an unknown id gets, sees nobody else's objects in lists, and gets none by a copy of
 * the request that made it; a delegate passes with the power that the contract names and with no
 * other. What is somebody's, {@link Owned} says.
 */
final class Ownership {
  /** A unary call as somebody. */
  interface Wire {
    Message call(MethodDescriptor<Message, Message> method, String token, Message request);
  }

  /** What somebody is told who may not. */
  private record Answer(String code, String reason, String words) {}

  static final String REQUEST_ID = "request_id";
  private static final String OTHER_ORGANISATION = "ownership-matrix";
  private static final String NOT_FOUND = "NOT_FOUND";

  /** Why a challenge is refused that is not the caller's: a wrong proof, as one to none is. */
  private static final Set<String> PROOFS = Set.of("INVALID_PASSKEY_CHALLENGE");

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
  private final Others others;
  private final boolean leavesRecords;
  private final Owned owned = new Owned();

  /**
   * Begins a conversation.
   *
   * @param leavesRecords whether delegates may read, which leaves access records
   */
  Ownership(Wire wire, Others others, boolean leavesRecords) {
    this.wire = wire;
    this.others = others;
    this.leavesRecords = leavesRecords;
  }

  /**
   * Tries the call as others.
   *
   * @param caller as examples name it, with what its samples stand for
   */
  void probe(String caller, MethodDescriptor<Message, Message> method, Message request) {
    String[] words = caller.split(" ", -1);
    if (Owned.access(method).getAnonymous()) {
      return;
    }
    if (words[0].equals("citizen")) {
      probeAs(others.citizen(), caller, method, request);
      probeDelegate(words[1], method, request);
    } else if (!Owned.organisation(caller).isEmpty()) {
      probeAs(others.staff(words[1], OTHER_ORGANISATION), caller, method, request);
    }
  }

  /**
   * Sends a copy of what made something of the caller's, under the same request id, as another one:
   * an answer is remembered for its caller alone, so whatever the other one gets shows nothing of
   * it. Comes after {@link #learn}.
   */
  void probeCopy(
      String caller, MethodDescriptor<Message, Message> method, Message request, Message answer) {
    String[] words = caller.split(" ", -1);
    boolean citizen = words[0].equals("citizen");
    if (Owned.access(method).getAnonymous()
        || (!citizen && Owned.organisation(caller).isEmpty())
        || !owned.makes(caller, method, request, answer)) {
      return;
    }
    String stranger = citizen ? others.citizen() : others.staff(words[1], OTHER_ORGANISATION);
    assertThat(owned.owned(caller, answerOrNothing(stranger, method, request)))
        .as("ids of %s that %s shows who copies the request", caller, method.getFullMethodName())
        .isEmpty();
  }

  /** Takes note of what was asked and answered. */
  void learn(MethodDescriptor<?, ?> method, Message request, Message answer) {
    owned.learn(method, request, answer);
  }

  private void probeAs(
      String stranger, String owner, MethodDescriptor<Message, Message> method, Message request) {
    Set<String> objects = owned.objects(owner, request);
    if (!objects.isEmpty()) {
      probeObjects(stranger, owner, method, request, objects);
    } else if (Owned.isHarmless(method)) {
      assertThat(owned.owned(owner, answerOrNothing(stranger, method, freshly(request))))
          .as("ids that %s shows another one than %s", method.getFullMethodName(), owner)
          .isEmpty();
    }
  }

  private void probeObjects(
      String stranger,
      String owner,
      MethodDescriptor<Message, Message> method,
      Message request,
      Set<String> objects) {
    String rpc = method.getFullMethodName();
    Answer answer = refusal(stranger, method, request);
    assertThat(PROOFS.contains(answer.reason()) ? NOT_FOUND : answer.code())
        .as("what %s answers somebody else about what is of %s (%s)", rpc, owner, answer.reason())
        .isEqualTo(NOT_FOUND);
    Map<String, String> unknown = new HashMap<>();
    objects.forEach(id -> unknown.put(id, UUID.randomUUID().toString()));
    Message asked = Rewriting.of(request, text -> unknown.getOrDefault(text, text), time -> time);
    assertThat(answer)
        .as("%s answers about somebody else's object as about none", rpc)
        .isEqualTo(refusal(stranger, method, asked));
  }

  private void probeDelegate(
      String citizen, MethodDescriptor<Message, Message> method, Message request) {
    String rpc = method.getFullMethodName();
    String power = Owned.access(method).getActingPower();
    var otherPowers = POWERS.stream().filter(each -> !each.equals(power)).toList();
    for (List<String> held : List.of(List.<String>of(), otherPowers)) {
      assertThat(refusal(delegate(citizen, held), method, request).reason())
          .as("what %s answers a delegate who holds %s", rpc, held)
          .isIn(CLOSED_TO_DELEGATES);
    }
    if (leavesRecords && !power.isEmpty() && Owned.isRead(method)) {
      assertThat(refusal(delegate(citizen, List.of(power)), method, request).reason())
          .as("what %s answers a delegate who holds %s", rpc, power)
          .isEmpty();
    }
  }

  private String delegate(String citizen, List<String> powers) {
    return others.delegate(UUID.fromString(citizen), powers);
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
}
