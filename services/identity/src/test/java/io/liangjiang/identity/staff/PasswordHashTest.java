package io.liangjiang.identity.staff;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PasswordHashTest {
  @Test
  void matchesItsOwnPasswordOnly() {
    String hash = PasswordHash.create("两江 correct horse");
    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(PasswordHash.matches(hash, "两江 correct horse")).isTrue();
    assertThat(PasswordHash.matches(hash, "两江 correct horsf")).isFalse();
  }

  @Test
  void agreesWithTheReferenceImplementation() {
    // echo -n password | argon2 somesalt -id -t 2 -k 65536 -p 1 -l 32 -e (phc-winner-argon2's test
    // vector)
    String reference =
        "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc";
    assertThat(PasswordHash.matches(reference, "password")).isTrue();
    assertThat(PasswordHash.matches(reference, "Password")).isFalse();
  }

  @Test
  void refusesStoredTextThatIsNoHash() {
    assertThatThrownBy(() -> PasswordHash.matches("$2a$10$abc", "x"))
        .isInstanceOf(IllegalStateException.class);
  }
}
