package io.liangjiang.gateway.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.liangjiang.gateway.problem.GatewayReason;
import io.liangjiang.gateway.testing.echo.Everything;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.ServiceException.Violation;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JsonReaderTest {
  private final JsonReader reader = new JsonReader();

  private Everything read(String json) {
    var into = Everything.newBuilder();
    var faults = new Faults();
    reader.read(json.getBytes(StandardCharsets.UTF_8), into, faults);
    faults.throwIfAny();
    return into.build();
  }

  private ServiceException refusal(String json) {
    return catchThrowableOfType(ServiceException.class, () -> read(json));
  }

  @Test
  void readsWholeNumbersFromNumbersAndStrings() {
    assertThat(read("{\"big\": 5000}").getBig()).isEqualTo(5000);
    assertThat(read("{\"big\": \"9223372036854775807\"}").getBig()).isEqualTo(Long.MAX_VALUE);
    assertThat(read("{\"big\": -9223372036854775808}").getBig()).isEqualTo(Long.MIN_VALUE);
    assertThat(read("{\"big\": 5e3}").getBig()).isEqualTo(5000);
    assertThat(read("{\"big\": 5000.0}").getBig()).isEqualTo(5000);
    assertThat(read("{\"bigUnsigned\": 18446744073709551615}").getBigUnsigned()).isEqualTo(-1);
    assertThat(read("{\"smallUnsigned\": 4294967295}").getSmallUnsigned()).isEqualTo(-1);
  }

  @Test
  void takesNullForUnset() {
    assertThat(read("{\"text\": null, \"child\": null, \"texts\": null, \"maybeSmall\": null}"))
        .isEqualTo(Everything.getDefaultInstance());
  }

  @Test
  void readsTimesWithAnyOffset() {
    assertThat(read("{\"time\": \"2026-05-01T08:00:00+08:00\"}").getTime())
        .isEqualTo(read("{\"time\": \"2026-05-01T00:00:00Z\"}").getTime());
  }

  @Test
  void namesEveryUnknownFieldByItsPath() {
    var refusal =
        refusal("{\"child\": {\"colour\": {\"a\": [1]}}, \"children\": [{}, {\"x\": 1}]}");

    assertThat(refusal.reason()).isEqualTo(GatewayReason.UNKNOWN_FIELD);
    assertThat(refusal.metadata()).containsEntry("field", "child.colour");
    assertThat(refusal.violations())
        .extracting(Violation::field)
        .containsExactly("child.colour", "children[1].x");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"truth": "true"}             | truth
          {"truth": 1}                  | truth
          {"small": 2147483648}         | small
          {"small": 1.5}                | small
          {"small": "x"}                | small
          {"small": ""}                 | small
          {"small": true}               | small
          {"small": 1e999999999}        | small
          {"big": 1e-999999999}         | big
          {"bigUnsigned": 1e999999999}  | bigUnsigned
          {"smallUnsigned": -1}         | smallUnsigned
          {"big": 9223372036854775808}  | big
          {"bigUnsigned": -1}           | bigUnsigned
          {"real": 1e39}                | real
          {"longReal": 1e309}           | longReal
          {"longReal": "0x1p3"}         | longReal
          {"text": 1}                   | text
          {"text": {}}                  | text
          {"text": ["a"]}               | text
          {"text": "a\\u0000b"}         | text
          {"text": "\\ud800"}           | text
          {"text": "\\udc00\\ud800"}    | text
          {"octets": "=="}              | octets
          {"octets": 5}                 | octets
          {"color": "BLUE"}             | color
          {"color": "red"}              | color
          {"color": 3}                  | color
          {"time": "2026-05-01"}        | time
          {"time": 5}                   | time
          {"time": {}}                  | time
          {"time": "10000-01-01T00:00:00Z"} | time
          {"span": "5"}                 | span
          {"wrappedBig": "x"}           | wrappedBig
          {"wrappedText": 5}            | wrappedText
          {"child": 5}                  | child
          {"child": []}                 | child
          {"children": {}}              | children
          {"children": [null]}          | children[0]
          {"children": [{}, 5]}         | children[1]
          {"bigs": [1, "2", "x"]}       | bigs[2]
          {"words": []}                 | words
          {"words": {"a": null}}        | words.a
          {"byNumber": {"x": {}}}       | byNumber.x
          {"byTruth": {"true": "BLUE"}} | byTruth.true
          {"byNumber": {"7": {"child": {"small": "x"}}}} | byNumber.7.child.small
          {"choiceText": "a", "choiceBig": 1} | choiceBig
          """)
  void namesTheFieldThatIsWrong(String json, String field) {
    var refusal = refusal(json);

    assertThat(refusal.reason()).isEqualTo(PlatformReason.INVALID_ARGUMENT);
    assertThat(refusal.violations()).extracting(Violation::field).containsExactly(field);
  }

  @Test
  void namesAllFieldsThatAreWrongUpToTwenty() {
    String many = "{\"bigs\": [" + "\"x\",".repeat(49) + "\"x\"]}";

    assertThat(refusal(many).violations()).hasSize(20);
    assertThat(refusal("{\"small\": \"x\", \"text\": 5}").violations())
        .extracting(Violation::field)
        .containsExactly("small", "text");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "{",
        "}",
        "[]",
        "null",
        "5",
        "\"a\"",
        "{}{}",
        "{} x",
        "{\"text\": \"a\",}",
        "{'text': 'a'}",
        "{text: \"a\"}",
        "{\"text\": \"a\", \"text\": \"b\"}",
        "{\"small\": NaN}",
        "{\"small\": 01}",
        "{\"text\": \"a\nb\"}",
        "{\"text\": \"\\x\"}",
        "// a\n{}"
      })
  void refusesWhatIsNoJsonObject(String json) {
    assertThat(refusal(json).reason()).isEqualTo(GatewayReason.MALFORMED_JSON);
  }

  @Test
  void refusesWhatIsNotUtf8() {
    byte[] json = {'{', '"', 't', 'e', 'x', 't', '"', ':', '"', (byte) 0xff, '"', '}'};

    var refusal =
        catchThrowableOfType(
            ServiceException.class, () -> reader.read(json, Everything.newBuilder(), new Faults()));

    assertThat(refusal.reason()).isEqualTo(GatewayReason.MALFORMED_JSON);
  }

  @Test
  void refusesDeepNesting() {
    int levels = JsonReader.MAX_DEPTH;
    String fits = "{\"child\":".repeat(levels - 1) + "{}" + "}".repeat(levels - 1);
    String deep = "{\"child\":" + fits + "}";

    assertThat(read(fits).hasChild()).isTrue();
    assertThat(refusal(deep).reason()).isEqualTo(GatewayReason.MALFORMED_JSON);
    assertThat(refusal("[".repeat(100_000)).reason()).isEqualTo(GatewayReason.MALFORMED_JSON);
    assertThat(refusal("{\"unknown\":" + "[".repeat(100_000)).reason())
        .isEqualTo(GatewayReason.MALFORMED_JSON);
  }
}
