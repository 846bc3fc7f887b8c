package io.liangjiang.platform.test.examples;

import com.google.protobuf.Message;
import com.google.protobuf.Timestamp;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What the samples of a conversation stand for in this run: sample to actual, one to one. */
final class Samples {
  private final Map<String, String> actuals = new HashMap<>();
  private final Map<String, String> samples = new HashMap<>();

  /**
   * Says what a sample stands for; the fault if it stands for something else already. A sample is
   * empty exactly when the actual is.
   */
  Optional<String> learn(String sample, String actual) {
    if (sample.isEmpty() || actual.isEmpty()) {
      return sample.equals(actual)
          ? Optional.empty()
          : Optional.of("is '" + actual + "', not '" + sample + "'");
    }
    String known = actuals.putIfAbsent(sample, actual);
    String other = samples.putIfAbsent(actual, sample);
    if (known != null && !known.equals(actual)) {
      return Optional.of("is " + actual + ", but " + sample + " was " + known + " before");
    }
    if (other != null && !other.equals(sample)) {
      return Optional.of("is " + actual + ", which " + other + " stood for before");
    }
    return Optional.empty();
  }

  /** What the sample stands for; itself unless learnt. */
  String actual(String sample) {
    return actuals.getOrDefault(sample, sample);
  }

  /** The sample that stands for a value; the value itself if none does. */
  String sample(String actual) {
    return samples.getOrDefault(actual, actual);
  }

  /** A caller with what the samples among its words stand for. */
  String caller(String words) {
    return Arrays.stream(words.split(" ", -1)).map(this::actual).collect(Collectors.joining(" "));
  }

  /** The request with what its samples stand for, and its times moved. */
  Message actual(Message request, Duration shift) {
    return Rewriting.of(request, this::said, time -> moved(time, shift));
  }

  /** The answer as an example: samples for what they stand for, and times moved, to the second. */
  Message sample(Message answer, Duration shift) {
    return Rewriting.of(
        answer,
        this::sample,
        time -> moved(time, shift.negated()).toBuilder().clearNanos().build());
  }

  private static Timestamp moved(Timestamp time, Duration shift) {
    return time.toBuilder().setSeconds(time.getSeconds() + shift.toSeconds()).build();
  }

  /** What is said in a request stands for itself in the answers from then on. */
  private String said(String sample) {
    String actual = actual(sample);
    var unused = learn(sample, actual);
    return actual;
  }
}
