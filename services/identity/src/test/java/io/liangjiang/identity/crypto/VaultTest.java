package io.liangjiang.identity.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.platform.secret.MasterKey;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class VaultTest {
  private static Vault vault(int seed) {
    Vault vault = Vaults.of(base64(seed));
    vault.hashWith(Base64.getDecoder().decode(base64(seed)));
    return vault;
  }

  @Test
  void opensWhatItSealed() {
    Vault vault = vault(1);
    Sealed sealed = vault.seal("李雷", "a/1");
    assertThat(vault.openText(sealed, "a/1")).isEqualTo("李雷");
    assertThat(sealed.bytes()).hasSize(12 + 6 + 16);
  }

  @Test
  void sealsTheSameTextDifferentlyEachTime() {
    Vault vault = vault(1);
    assertThat(vault.seal("x", "a").bytes()).isNotEqualTo(vault.seal("x", "a").bytes());
  }

  @Test
  void opensNothingInAnotherPlace() {
    Vault vault = vault(1);
    Sealed sealed = vault.seal("x", "a/1");
    assertThatThrownBy(() -> vault.openText(sealed, "a/2"))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void opensNothingThatWasChanged() {
    Vault vault = vault(1);
    Sealed sealed = vault.seal("x", "a");
    sealed.bytes()[13] ^= 1;
    assertThatThrownBy(() -> vault.openText(sealed, "a")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void namesTheKeyThatIsMissing() {
    Sealed sealed = vault(1).seal("x", "a");
    assertThatThrownBy(() -> vault(2).openText(sealed, "a")).hasMessageContaining(sealed.keyId());
  }

  @Test
  void opensUnderEveryKeyOfTheRingAndSealsUnderTheFirst() {
    Sealed sealed = vault(1).seal("x", "a");
    Vault next = Vaults.of(base64(2), base64(1));

    assertThat(next.openText(sealed, "a")).isEqualTo("x");
    assertThat(next.seal("x", "a").keyId()).isEqualTo(vault(2).keyId());
    assertThat(next.otherKeyIds()).containsExactly(vault(1).keyId());
    assertThat(Vaults.of(base64(1), base64(1)).otherKeyIds()).isEmpty();
  }

  private static String base64(int seed) {
    byte[] secret = new byte[32];
    secret[0] = (byte) seed;
    return Base64.getEncoder().encodeToString(secret);
  }

  @Test
  void hashesDependOnPurposeAndSecret() {
    byte[] hash = vault(1).hash(Vault.Purpose.ID_NUMBER, "11010519491231002X");
    assertThat(vault(1).hash(Vault.Purpose.ID_NUMBER, "11010519491231002X")).isEqualTo(hash);
    assertThat(vault(1).hash(Vault.Purpose.PHONE, "11010519491231002X")).isNotEqualTo(hash);
    assertThat(vault(2).hash(Vault.Purpose.ID_NUMBER, "11010519491231002X")).isNotEqualTo(hash);
  }

  @Test
  void refusesKeysOfTheWrongSizeWithoutRepeatingThem() {
    assertThatThrownBy(() -> MasterKey.parse(Vault.SERVICE, "c2hvcnQ="))
        .hasMessageContaining("32 bytes")
        .hasMessageNotContaining("c2hvcnQ");
    assertThatThrownBy(() -> MasterKey.parse(Vault.SERVICE, "%%%"))
        .hasMessageContaining("not Base64");
  }

  @Test
  void readsTheDevelopmentKey() {
    assertThat(MasterKey.parse(Vault.SERVICE, Vault.DEVELOPMENT_KEY).id()).hasSize(8);
  }
}
