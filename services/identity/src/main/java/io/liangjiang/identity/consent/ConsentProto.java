package io.liangjiang.identity.consent;

import io.liangjiang.identity.v1.CheckConsentResponse;
import io.liangjiang.identity.v1.ConsentAgreement;
import io.liangjiang.identity.v1.ConsentRecord;
import io.liangjiang.identity.v1.ConsentVerification;
import io.liangjiang.identity.v1.DataPolicy;
import io.liangjiang.platform.time.ProtoTime;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;

/** Revisions as the wire has them. */
final class ConsentProto {
  private ConsentProto() {}

  static DataPolicy policy(ChainedRevision chained) {
    Revision revision = chained.revision();
    Policy policy = Snapshots.policy(revision);
    return DataPolicy.newBuilder()
        .setDataPolicyId(revision.objectId())
        .setRevision(revision.number())
        .setTitle(policy.title())
        .setTextUrl(policy.textUrl())
        .setJurisdictionCode(policy.jurisdictionCode())
        .setRetentionDays(policy.retentionDays())
        .setReviseTime(ProtoTime.timestamp(revision.time()))
        .build();
  }

  static ConsentAgreement agreement(ChainedRevision chained) {
    Revision revision = chained.revision();
    Agreement agreement = Snapshots.agreement(revision);
    return ConsentAgreement.newBuilder()
        .setConsentAgreementId(revision.objectId())
        .setRevision(revision.number())
        .setDataPolicyId(agreement.policyId())
        .setDataPolicyRevision(agreement.policyRevision())
        .setPurpose(agreement.purpose())
        .addAllDataKinds(agreement.dataKinds())
        .addAllRecipients(agreement.recipients())
        .setValidFromRevision(agreement.validFromRevision())
        .setOpen(agreement.isOpen())
        .setReviseTime(ProtoTime.timestamp(revision.time()))
        .build();
  }

  static ConsentRecord consentRecord(ChainedRevision chained) {
    Revision revision = chained.revision();
    Answer answer = Snapshots.answer(revision);
    return ConsentRecord.newBuilder()
        .setConsentRecordId(answer.recordId().toString())
        .setRevision(revision.number())
        .setConsentAgreementId(revision.objectId())
        .setConsentAgreementRevision(answer.agreementRevision())
        .setState(answer.isGiven() ? ConsentRecord.State.GIVEN : ConsentRecord.State.WITHDRAWN)
        .setReviseTime(ProtoTime.timestamp(revision.time()))
        .setAuthorizedBy(revision.authorizedBy())
        .setRevisionSha256(HexFormat.of().formatHex(chained.hash()))
        .build();
  }

  static CheckConsentResponse check(Optional<UUID> recordId) {
    return CheckConsentResponse.newBuilder()
        .setGiven(recordId.isPresent())
        .setConsentRecordId(recordId.map(UUID::toString).orElse(""))
        .build();
  }

  static ConsentVerification verification(ConsentAudit.Result result) {
    var answer =
        ConsentVerification.newBuilder()
            .setCheckedRevisionCount(result.checkedCount())
            .setNextPageToken(result.nextPageToken());
    result.fault().ifPresent(fault -> answer.setFault(fault(fault)));
    return answer.build();
  }

  private static ConsentVerification.Fault fault(ChainWalk.Fault fault) {
    return ConsentVerification.Fault.newBuilder()
        .setDifference(ConsentVerification.Difference.valueOf(fault.difference().name()))
        .setChainId(fault.chainId())
        .setSequence(fault.sequence())
        .setObjectId(fault.objectId())
        .setRevision(fault.number())
        .build();
  }
}
