package io.liangjiang.payments.mixed;

import io.liangjiang.payments.channel.MixedFees;
import io.liangjiang.payments.channel.MixedOrders.Institution;
import io.liangjiang.payments.insurance.InsuranceBureau.Split;
import io.liangjiang.payments.v1.Channel;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to pay an order by insurance and cash.
 *
 * @param payerOpenId by which the channel's mini-program knows whoever pays; empty when it has
 *     ended
 * @param cashChannel collects the cash part
 * @param authorization what the insured person's phone allowed it with; empty when it has ended
 */
public record MixedPayment(
    UUID id,
    UUID orderId,
    UUID payerId,
    String payerOpenId,
    Channel cashChannel,
    Institution institution,
    String authorization,
    Bill bill,
    Progress progress,
    Instant createTime,
    Instant expireTime) {

  /**
   * What is to be paid, fen.
   *
   * @param insurableMinor what the bureau splits
   * @param addedMinor what it never sees; cash
   * @param reducedMinor what the merchant takes off the cash
   */
  public record Bill(long insurableMinor, long addedMinor, long reducedMinor) {}

  /** Where an attempt stands; the number is the database's. */
  public enum State {
    OPEN(1),
    /** All is paid. */
    SUCCEEDED(2),
    /** Nothing is kept. */
    FAILED(3);

    private final int number;

    State(int number) {
      this.number = number;
    }

    int number() {
      return number;
    }

    static State of(int number) {
      return values()[number - 1];
    }
  }

  /** Where a part stands; the ordinal is the database's number. */
  public enum Part {
    /** There is no such part. */
    NONE,
    CREATED,
    SUCCEEDED,
    FAILED,
    /** It was paid and goes back, or has gone back. */
    GIVEN_BACK
  }

  /**
   * How far it is.
   *
   * @param split null before the bureau has split the bill
   * @param placed whether the channel has the order
   * @param failure why it ends without a payment; empty while there is no reason
   */
  public record Progress(
      @Nullable Split split,
      boolean placed,
      Part cash,
      Part insurance,
      State state,
      String failure) {
    /** At the beginning. */
    static final Progress FIRST =
        new Progress(null, false, Part.NONE, Part.CREATED, State.OPEN, "");

    Progress with(Split newSplit, boolean hasCash) {
      return new Progress(
          newSplit, placed, hasCash ? Part.CREATED : Part.NONE, insurance, state, failure);
    }

    Progress asPlaced() {
      return new Progress(split, true, cash, insurance, state, failure);
    }

    Progress withCash(Part newCash) {
      return new Progress(split, placed, newCash, insurance, state, failure);
    }

    Progress withInsurance(Part newInsurance) {
      return new Progress(split, placed, cash, newInsurance, state, failure);
    }

    /** The first reason counts. */
    Progress failing(String why) {
      return failure.isEmpty() ? new Progress(split, placed, cash, insurance, state, why) : this;
    }

    Progress ended(State newState) {
      return new Progress(split, placed, cash, insurance, newState, failure);
    }

    boolean isOpen() {
      return state == State.OPEN;
    }

    /** Whether both parts are paid. */
    boolean isPaid() {
      return insurance == Part.SUCCEEDED && (cash == Part.NONE || cash == Part.SUCCEEDED);
    }
  }

  /** Whether the phone can pay it now. */
  public boolean isPayable() {
    return progress.isOpen() && progress.placed() && progress.failure().isEmpty();
  }

  MixedPayment at(Progress newProgress) {
    return new MixedPayment(
        id,
        orderId,
        payerId,
        newProgress.isOpen() ? payerOpenId : "",
        cashChannel,
        institution,
        newProgress.isOpen() ? authorization : "",
        bill,
        newProgress,
        createTime,
        expireTime);
  }

  /** The number at the bureau and at the channel: 32 hex digits. */
  public String number() {
    return id.toString().replace("-", "");
  }

  /** Id of the attempt to collect the cash part. */
  public UUID cashPaymentId() {
    return derived("mixed-cash/");
  }

  /** Id of a transfer of this payment. */
  public UUID transferId(String purpose) {
    return derived(purpose + "/");
  }

  /** The amounts; only when the bureau has split the bill. */
  public MixedFees fees() {
    Split split = split();
    return new MixedFees(
        split.fundMinor(),
        split.accountMinor(),
        split.otherMinor(),
        split.cashMinor(),
        bill.addedMinor(),
        bill.reducedMinor());
  }

  Split split() {
    Split split = progress.split();
    if (split == null) {
      throw new IllegalStateException("the bureau has not split the bill");
    }
    return split;
  }

  private UUID derived(String prefix) {
    return UUID.nameUUIDFromBytes((prefix + id).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public String toString() {
    return "mixed payment " + id;
  }
}
