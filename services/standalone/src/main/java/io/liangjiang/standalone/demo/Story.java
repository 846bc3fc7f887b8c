package io.liangjiang.standalone.demo;

import io.liangjiang.standalone.phone.Answer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Tells what happens and checks that it is what must happen. */
final class Story {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final PrintStream out;
  private int chapters;
  private int checks;

  Story(PrintStream out) {
    this.out = out;
  }

  /** Starts a part of the day. */
  void chapter(String title) {
    chapters++;
    out.printf("%n%d. %s%n", chapters, title);
  }

  /** Says one thing that happened. */
  void tell(String sentence) {
    out.println("   " + sentence);
  }

  /** The answer, when it is the one of a call that went well. */
  Answer good(String what, Answer answer) {
    return holds(what, answer.status() / 100 == 2, answer);
  }

  /** Makes sure that the call was refused, and for the right reason. */
  void refused(String what, Answer answer, int status, String reason) {
    holds(what, answer.status() == status && answer.reason().equals(reason), answer);
    tell("Refused as it must be: %s (%d %s)".formatted(what, status, reason));
  }

  /** Makes sure of anything else; the answer is shown when it does not hold. */
  Answer holds(String what, boolean isTrue, Answer answer) {
    checks++;
    if (!isTrue) {
      throw new Disappointment(
          "This must hold and does not: %s%n   status %d, body %s"
              .formatted(what, answer.status(), answer.body()));
    }
    return answer;
  }

  /** Asks until the answer is as wanted: some things happen a moment later. */
  Answer awaited(String what, Supplier<Answer> question, Predicate<Answer> wanted) {
    long deadline = System.nanoTime() + PATIENCE.toNanos();
    Answer answer = question.get();
    while (!wanted.test(answer) && System.nanoTime() < deadline) {
      pause();
      answer = question.get();
    }
    return holds(what, wanted.test(answer), answer);
  }

  /** How much has been checked so far. */
  String summary() {
    return "%d checks in %d chapters held".formatted(checks, chapters);
  }

  /** Fen as yuan, for people. */
  static String yuan(long fen) {
    return String.format(Locale.ROOT, "%.2f yuan", fen / 100.0);
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Disappointment("interrupted");
    }
  }
}
