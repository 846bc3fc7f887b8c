package io.liangjiang.payments.mixed;

import io.liangjiang.payments.channel.MixedFees;
import io.liangjiang.payments.insurance.InsuranceBureau.Split;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.mixed.MixedPayment.Part;
import io.liangjiang.payments.mixed.MixedPayment.Progress;
import io.liangjiang.payments.v1.MixedPayment.PartState;
import io.liangjiang.payments.v1.MixedPayment.State;

/** Between payments by insurance and cash and their contract. */
public final class MixedProto {
  private static final MixedFees NOTHING = new MixedFees(0, 0, 0, 0, 0, 0);

  private MixedProto() {}

  /** As it stands; the amounts are zero before the bureau has split the bill. */
  public static io.liangjiang.payments.v1.MixedPayment mixedPayment(MixedPayment payment) {
    Progress progress = payment.progress();
    Split split = progress.split();
    boolean hasFees = split != null && !progress.failure().equals(MixedBooks.EXCEEDS_CASH);
    MixedFees fees = hasFees ? payment.fees() : NOTHING;
    return io.liangjiang.payments.v1.MixedPayment.newBuilder()
        .setState(state(progress))
        .setSelfPaidState(part(progress.cash()))
        .setInsuranceState(part(progress.insurance()))
        .setFundAmount(Amounts.cny(fees.fundMinor()))
        .setAccountAmount(Amounts.cny(fees.accountMinor()))
        .setOtherAmount(Amounts.cny(fees.otherMinor()))
        .setCashAmount(Amounts.cny(fees.wechatPayCashMinor()))
        .setFailure(progress.failure())
        .build();
  }

  private static State state(Progress progress) {
    return switch (progress.state()) {
      case OPEN -> State.CREATED;
      case SUCCEEDED -> State.SUCCEEDED;
      case FAILED -> State.FAILED;
    };
  }

  private static PartState part(Part part) {
    return switch (part) {
      case NONE -> PartState.PART_STATE_UNSPECIFIED;
      case CREATED -> PartState.PART_CREATED;
      case SUCCEEDED -> PartState.PART_SUCCEEDED;
      case FAILED -> PartState.PART_FAILED;
      case GIVEN_BACK -> PartState.PART_GIVEN_BACK;
    };
  }
}
