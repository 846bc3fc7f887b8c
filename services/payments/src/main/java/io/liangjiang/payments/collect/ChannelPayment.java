package io.liangjiang.payments.collect;

import io.liangjiang.payments.v1.Channel;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to collect money.
 *
 * @param orderId the payment order it is for, if it is for one
 * @param combinedOrderId the combined order it is for, if it is for one; when it is for neither, it
 *     fills the payer's wallet
 * @param payParameters what the phone needs; empty before the channel was asked
 */
public record ChannelPayment(
    UUID id,
    @Nullable UUID orderId,
    @Nullable UUID combinedOrderId,
    UUID payerId,
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

  /** Whether it fills a wallet. */
  public boolean isTopUp() {
    return orderId == null && combinedOrderId == null;
  }

  /** The channel's number for the attempt: 32 hex digits. */
  String outTradeNo() {
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

  boolean isPending() {
    return state == State.PENDING;
  }

  boolean isPrepared() {
    return !payParameters.isEmpty();
  }
}
