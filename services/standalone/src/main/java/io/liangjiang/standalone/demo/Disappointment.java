package io.liangjiang.standalone.demo;

/** Something that must be true in a citizen's day was not; ends the story. */
public final class Disappointment extends RuntimeException {
  private static final long serialVersionUID = 1;

  Disappointment(String message) {
    super(message);
  }
}
