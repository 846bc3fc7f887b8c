package io.liangjiang.identity.administration;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PasswordRuleTest {
  @Test
  void takesALongSentence() {
    assertThat(PasswordRule.accepts("wang", "old", "两江之水天上来，奔流到海不复回")).isTrue();
    assertThat(PasswordRule.accepts("wang", "old", "correct horse battery")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "elevenchars",
        "aaaaaaaaaaaaaaaa",
        "the wANg dynasty",
        "with\nanew line in it"
      })
  void refusesWhatIsEasyToGuess(String password) {
    assertThat(PasswordRule.accepts("wang", "old", password)).isFalse();
  }

  @Test
  void refusesTheOldOneAndWhatIsTooLong() {
    assertThat(PasswordRule.accepts("wang", "correct horse battery", "correct horse battery"))
        .isFalse();
    assertThat(PasswordRule.accepts("wang", "old", "abcdef".repeat(22))).isFalse();
  }
}
