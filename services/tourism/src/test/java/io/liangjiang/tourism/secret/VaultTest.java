package io.liangjiang.tourism.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

final class VaultTest {
  private static final byte[] PLAIN = "张小明\nid:X".getBytes(StandardCharsets.UTF_8);

  private final Vault vault = new Vault(key(1));

  @Test
  void opensWhatItSealed() {
    byte[] sealed = vault.seal(PLAIN, "here");

    assertThat(vault.open(sealed, vault.keyId(), "here")).isEqualTo(PLAIN);
    assertThat(sealed).hasSize(PLAIN.length + 28);
  }

  @Test
  void sealsTheSameValueDifferentlyEachTime() {
    assertThat(vault.seal(PLAIN, "here")).isNotEqualTo(vault.seal(PLAIN, "here"));
  }

  @Test
  void opensNothingElsewhereOrChangedOrUnderAnotherKey() {
    byte[] sealed = vault.seal(PLAIN, "here");
    byte[] changed = sealed.clone();
    changed[20] ^= 1;

    assertThatThrownBy(() -> vault.open(sealed, vault.keyId(), "there"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> vault.open(changed, vault.keyId(), "here"))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> new Vault(key(2)).open(sealed, vault.keyId(), "here"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void hashesEqualDocumentsEquallyAndOnlyUnderItsOwnKey() {
    assertThat(vault.documentHash("id:1")).hasSize(32).isEqualTo(vault.documentHash("id:1"));
    assertThat(vault.documentHash("id:1")).isNotEqualTo(vault.documentHash("id:2"));
    assertThat(vault.documentHash("id:1")).isNotEqualTo(new Vault(key(2)).documentHash("id:1"));
  }

  @Test
  void doesNotRepeatABadKey() {
    assertThatThrownBy(() -> new Vault("c2hvcnQ="))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("c2hvcnQ");
  }

  @Test
  void theDevelopmentKeyIsUsable() {
    assertThat(new Vault(Vault.DEVELOPMENT_KEY).keyId()).hasSize(8);
  }

  private static String key(int fill) {
    byte[] bytes = new byte[32];
    java.util.Arrays.fill(bytes, (byte) fill);
    return Base64.getEncoder().encodeToString(bytes);
  }
}
