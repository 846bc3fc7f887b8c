package io.liangjiang.transit.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;

class KeyVaultTest {
  private static final byte[] SECRET = "a private key".getBytes(StandardCharsets.UTF_8);
  private static final String KEY_ID = "0011aabb";

  private final KeyVault vault = vault('a');

  private static KeyVault vault(char letter) {
    byte[] key = String.valueOf(letter).repeat(32).getBytes(StandardCharsets.US_ASCII);
    return new KeyVault(new TestSettings(Base64.getEncoder().encodeToString(key)));
  }

  @Test
  void opensWhatItSealedAndNeverSealsTheSameWayTwice() {
    byte[] sealed = vault.seal(SECRET, KEY_ID);

    assertThat(vault.open(sealed, KEY_ID)).isEqualTo(SECRET);
    assertThat(vault.seal(SECRET, KEY_ID)).isNotEqualTo(sealed);
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
  }

  @Test
  void refusesAnyChangedByte() {
    byte[] sealed = vault.seal(SECRET, KEY_ID);
    for (int i = 0; i < sealed.length; i++) {
      byte[] changed = sealed.clone();
      changed[i] ^= 1;
      assertThatIllegalStateException().isThrownBy(() -> vault.open(changed, KEY_ID));
    }
  }

  @Test
  void refusesOtherMasterKeyOtherRowAndTooFewBytes() {
    byte[] sealed = vault.seal(SECRET, KEY_ID);

    assertThatIllegalStateException().isThrownBy(() -> vault('b').open(sealed, KEY_ID));
    assertThatIllegalStateException().isThrownBy(() -> vault.open(sealed, "0011aabc"));
    assertThatIllegalStateException().isThrownBy(() -> vault.open(new byte[5], KEY_ID));
  }

  @Test
  void refusesMasterKeyOfWrongLength() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new KeyVault(new TestSettings("c2hvcnQ=")))
        .withMessageContaining("liangjiang.transit.master-key");
  }

  @Test
  void productionRefusesTheKeyThatIsInTheRepository() {
    assertThat(new MasterKeyCheck(new TestSettings(MasterKeyCheck.DEVELOPMENT_KEY)).problems())
        .singleElement()
        .asString()
        .contains("liangjiang.transit.master-key");
    assertThat(new MasterKeyCheck(new TestSettings("YW5vdGhlcg==")).problems()).isEmpty();
  }
}
