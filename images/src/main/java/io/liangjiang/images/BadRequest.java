package io.liangjiang.images;

/** What was asked for cannot be done; the message says why and what to do. */
final class BadRequest extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadRequest(String message) {
    super(message);
  }
}
