package io.liangjiang.identity.delegation;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * That one citizen may act for another, as it is stored.
 *
 * @param powers all of them, in alphabetical order
 * @param consented those to which a child has consented
 * @param revision grows whenever acting tokens given before are to be refused
 */
record Delegation(
    UUID id,
    Parties parties,
    Basis basis,
    List<String> powers,
    List<String> consented,
    int revision,
    Times times) {

  /** Why it is. */
  enum Basis {
    /** The citizen gave it. */
    GIVEN,
    /** The delegate is father or mother. */
    PARENT_BY_LAW
  }

  /**
   * Who it is between.
   *
   * @param delegateId null until somebody accepted
   */
  record Parties(
      UUID citizenId, String citizenName, @Nullable UUID delegateId, String delegateName) {}

  /**
   * When it is.
   *
   * @param offerExpires until when it can be accepted; null when there was no offer
   * @param end null for one by law
   * @param ended when one of the two ended it
   */
  record Times(
      @Nullable Instant offerExpires,
      Instant start,
      @Nullable Instant end,
      Instant created,
      @Nullable Instant ended) {}

  boolean isGivenBy(UUID citizenId) {
    return parties.citizenId().equals(citizenId);
  }

  boolean isHeldBy(UUID citizenId) {
    return citizenId.equals(parties.delegateId());
  }

  /** What the claim "delegation" of its tokens says; another one after each change. */
  String tokenKey() {
    return id + "." + revision;
  }
}
