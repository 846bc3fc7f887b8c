package io.liangjiang.cityctl.keys;

/** A plan that cannot be followed; the message names the entry. */
final class BadPlan extends RuntimeException {
  private static final long serialVersionUID = 1L;

  BadPlan(String message) {
    super(message);
  }
}
