package io.liangjiang.cityctl.journey;

/** Something that every city shows to everybody was not there. */
final class Unfit extends RuntimeException {
  private static final long serialVersionUID = 1L;

  Unfit(String message) {
    super(message);
  }
}
