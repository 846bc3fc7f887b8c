package io.liangjiang.identity.guest;

import io.liangjiang.identity.crypto.Vault;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Base64;
import java.util.UUID;

/**
 * Under which name a sector knows a citizen (OpenID Connect Core, 8.1): the keyed hash of both, so
 * that guests of two sectors cannot find out that they speak of the same person.
 */
@ApplicationScoped
public class PairwiseSubjects {
  private final Vault vault;

  PairwiseSubjects(Vault vault) {
    this.vault = vault;
  }

  /** The citizen's name in the sector, 43 characters of base64url. */
  public String of(String sector, UUID citizenId) {
    byte[] hash = vault.hash(Vault.Purpose.PAIRWISE_SUBJECT, sector + "/" + citizenId);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
  }
}
