package io.liangjiang.identity.consent;

import java.util.List;

/**
 * What citizens are asked to agree to.
 *
 * @param policyRevision the policy's revision when this was made
 * @param recipients names of services and ids of organisations
 * @param validFromRevision the first revision an answer to which still counts
 * @param isOpen false when no answer counts any more
 */
record Agreement(
    String policyId,
    int policyRevision,
    String purpose,
    List<String> dataKinds,
    List<String> recipients,
    int validFromRevision,
    boolean isOpen) {
  /** Whether the recipient may read the kind of data under it. */
  boolean covers(String recipient, String dataKind) {
    return recipients.contains(recipient) && dataKinds.contains(dataKind);
  }

  /** Whether an answer to that revision counts while this one is the latest. */
  boolean accepts(int answeredRevision) {
    return isOpen && answeredRevision >= validFromRevision;
  }
}
