package io.liangjiang.payments.channel;

import io.liangjiang.payments.v1.Channel;
import java.util.function.UnaryOperator;

/** Reads the call-backs of one channel. */
public interface NotificationReader {
  /** Whose call-backs. */
  Channel channel();

  /**
   * Checks who sent the call-back and when, and opens it.
   *
   * @param headers gives a header's value by its name, null when it is not there
   * @param body as it came
   * @throws UntrustedNotification when it is not the channel's, too old, or cannot be read
   */
  Notification read(UnaryOperator<String> headers, String body);

  /** What a call-back is about. */
  enum Kind {
    /** A payment; the subject is its out_trade_no. */
    TRANSACTION,
    /** A refund; the subject is its out_refund_no. */
    REFUND,
    /** Something that nobody here asked for. */
    OTHER
  }

  /**
   * A call-back that is the channel's own.
   *
   * @param id the channel's id of it, the same when it comes again; 1 to 64 characters
   * @param subject number of the payment or refund; empty for OTHER
   * @param content what it says, opened: for the record, never to be trusted with money
   */
  record Notification(String id, Kind kind, String eventType, String subject, String content) {}

  /** The call-back is refused; the message says why, for the log. */
  final class UntrustedNotification extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** A refusal. */
    public UntrustedNotification(String message) {
      super(message);
    }
  }
}
