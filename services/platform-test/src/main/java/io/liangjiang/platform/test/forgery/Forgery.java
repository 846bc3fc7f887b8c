package io.liangjiang.platform.test.forgery;

/**
 * A token that nobody may accept.
 *
 * @param family which attack
 * @param name which variant of it
 */
public record Forgery(String family, String name, String token) {
  private static final int HEADER_LIMIT = 6_000;

  /** Whether it can be sent in a header: printable ASCII, and no longer than servers read. */
  public boolean isSendable() {
    return token.length() <= HEADER_LIMIT && token.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  @Override
  public String toString() {
    return family + ": " + name;
  }
}
