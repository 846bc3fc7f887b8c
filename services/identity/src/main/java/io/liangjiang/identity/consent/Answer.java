package io.liangjiang.identity.consent;

import java.util.UUID;

/**
 * What a citizen said to an agreement.
 *
 * @param recordId the consent record; the same in all revisions
 * @param agreementRevision what the citizen was shown
 */
record Answer(UUID recordId, int agreementRevision, boolean isGiven) {}
