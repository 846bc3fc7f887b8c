package io.liangjiang.identity.erasure;

import io.liangjiang.identity.v1.Erasure;
import io.liangjiang.platform.time.ProtoTime;
import java.util.List;

/** Erasures as the wire has them. */
final class ErasureProto {
  private ErasureProto() {}

  static Erasure erasure(Case erasure, List<Case.Step> steps) {
    var answer =
        Erasure.newBuilder()
            .setErasureId(erasure.id().toString())
            .setState(Erasure.State.valueOf(erasure.state().name()))
            .setCreateTime(ProtoTime.timestamp(erasure.createTime()))
            .setBeginTime(ProtoTime.timestamp(erasure.beginTime()))
            .addAllSteps(steps.stream().map(ErasureProto::step).toList())
            .addAllBlockers(erasure.blockers());
    if (erasure.completeTime() != null) {
      answer.setCompleteTime(ProtoTime.timestamp(erasure.completeTime()));
    }
    return answer.build();
  }

  /** As who operates the city sees it. */
  static Erasure forOperator(Case erasure, List<Case.Step> steps) {
    var answer = erasure(erasure, steps).toBuilder();
    if (erasure.nextAttemptTime() != null) {
      answer.setNextAttemptTime(ProtoTime.timestamp(erasure.nextAttemptTime()));
    }
    return answer.build();
  }

  private static Erasure.Step step(Case.Step step) {
    var said = Services.answer(step);
    return Erasure.Step.newBuilder()
        .setService(step.service())
        .setEraseTime(ProtoTime.timestamp(step.eraseTime()))
        .addAllErased(said.getErasedList())
        .addAllHolds(said.getHoldsList())
        .build();
  }
}
