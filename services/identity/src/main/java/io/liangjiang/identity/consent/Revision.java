package io.liangjiang.identity.consent;

import java.time.Instant;

/**
 * What a policy, an agreement or an answer was from some time on.
 *
 * @param chainId the citizen, or {@link #CATALOGUE}
 * @param sequence place in the chain, from 1
 * @param objectId the policy or agreement; of an answer the agreement that it answers
 * @param number place among the revisions of the object, from 1
 * @param snapshot the content as JSON, in the text that was hashed
 * @param authorizedBy subject of whoever said so
 */
record Revision(
    String chainId,
    long sequence,
    Kind kind,
    String objectId,
    int number,
    String snapshot,
    String authorizedBy,
    Instant time) {
  /** The chain of what operators publish. */
  static final String CATALOGUE = "catalogue";

  /** What is revised. */
  enum Kind {
    /** How data is handled. */
    DATA_POLICY,
    /** What is asked of citizens. */
    CONSENT_AGREEMENT,
    /** What a citizen answered. */
    CONSENT_RECORD
  }
}
