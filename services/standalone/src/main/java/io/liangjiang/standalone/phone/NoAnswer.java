package io.liangjiang.standalone.phone;

/**
 * The connection broke, or nothing came in time: whether the call had its effect is not known. Send
 * it again with the same key.
 */
public final class NoAnswer extends RuntimeException {
  private static final long serialVersionUID = 1;

  NoAnswer(String message) {
    super(message);
  }
}
