package io.liangjiang.sandbox.channel;

/** What the platform signs of an answer or a call-back: three lines, each ended by a newline. */
final class SignedText {
  private SignedText() {}

  static String of(String timestamp, String nonce, String body) {
    return timestamp + "\n" + nonce + "\n" + body + "\n";
  }
}
