package io.liangjiang.payments.collect;

import io.liangjiang.payments.v1.Channel;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to collect money.
 *
 * @param payerId whose payment it is
 * @param payerOpenId by which the channel's mini-program knows whoever holds the phone; empty where
 *     the channel needs none, and when the attempt has ended
 * @param payParameters what the phone needs; empty before the channel was asked
 */
public record ChannelPayment(
    UUID id,
    Purpose purpose,
    UUID payerId,
    String payerOpenId,
    Channel channel,
    String description,
    long amountMinor,
    State state,
    Map<String, String> payParameters,
    Instant createTime,
    Instant expireTime) {

  /** Where an attempt stands; the number is the database's. */
  public enum State {
    PENDING(1),
    SUCCEEDED(2),
    CLOSED(3),
    /** The channel collected another amount than it was asked for; an operator decides. */
    DISPUTED(4);

    private final int number;

    State(int number) {
      this.number = number;
    }

    public int number() {
      return number;
    }

    static State of(int number) {
      for (State state : values()) {
        if (state.number == number) {
          return state;
        }
      }
      throw new IllegalArgumentException("no state " + number);
    }
  }

  /**
   * What the money is for; at most one is there, and when none is, it fills the payer's wallet.
   *
   * @param orderId a payment order
   * @param combinedOrderId a combined order
   * @param mixedPaymentId the cash part of a payment by insurance and cash
   */
  public record Purpose(
      @Nullable UUID orderId, @Nullable UUID combinedOrderId, @Nullable UUID mixedPaymentId) {
    /** Fills the payer's wallet. */
    public static final Purpose TOP_UP = new Purpose(null, null, null);

    /** Pays a payment order. */
    public static Purpose order(UUID id) {
      return new Purpose(id, null, null);
    }

    /** Pays a combined order. */
    public static Purpose combinedOrder(UUID id) {
      return new Purpose(null, id, null);
    }

    /** Pays the cash part of a payment by insurance and cash. */
    public static Purpose mixedPayment(UUID id) {
      return new Purpose(null, null, id);
    }
  }

  /** The payment order it is for, if it is for one. */
  public @Nullable UUID orderId() {
    return purpose.orderId;
  }

  /** The combined order it is for, if it is for one. */
  public @Nullable UUID combinedOrderId() {
    return purpose.combinedOrderId;
  }

  /** Whose cash part it is, if it is one. */
  public @Nullable UUID mixedPaymentId() {
    return purpose.mixedPaymentId;
  }

  /** Whether it fills a wallet. */
  public boolean isTopUp() {
    return purpose.equals(Purpose.TOP_UP);
  }

  /** The channel's number for the attempt: 32 hex digits. */
  public String outTradeNo() {
    return id.toString().replace("-", "");
  }

  /** The attempt behind a channel's number. */
  public static @Nullable UUID idOf(String outTradeNo) {
    if (!outTradeNo.matches("[0-9a-f]{32}")) {
      return null;
    }
    return new UUID(
        Long.parseUnsignedLong(outTradeNo.substring(0, 16), 16),
        Long.parseUnsignedLong(outTradeNo.substring(16), 16));
  }

  public boolean isPending() {
    return state == State.PENDING;
  }

  public boolean isPrepared() {
    return !payParameters.isEmpty();
  }

  @Override
  public String toString() {
    return "channel payment " + id;
  }
}
