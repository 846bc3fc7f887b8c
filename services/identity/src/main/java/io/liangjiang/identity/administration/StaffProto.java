package io.liangjiang.identity.administration;

import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.v1.AuditRecord;
import io.liangjiang.identity.v1.ListAuditRecordsResponse;
import io.liangjiang.identity.v1.ListRoleGrantsResponse;
import io.liangjiang.identity.v1.ListStaffResponse;
import io.liangjiang.identity.v1.RoleGrant;
import io.liangjiang.identity.v1.StaffAccount;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;

/** Accounts, grants and audit records as the wire has them. */
final class StaffProto {
  private StaffProto() {}

  static StaffAccount account(Account account) {
    return StaffAccount.newBuilder()
        .setStaffId(account.id().toString())
        .setUsername(account.username())
        .addAllRoles(account.roles())
        .setOrganisationId(account.organisationId())
        .setState(account.suspended() ? StaffAccount.State.SUSPENDED : StaffAccount.State.ACTIVE)
        .setPasswordChangeRequired(account.mustChangePassword())
        .setCreateTime(ProtoTime.timestamp(account.createTime()))
        .build();
  }

  static ListStaffResponse accounts(Page.Cut<Account> cut) {
    return ListStaffResponse.newBuilder()
        .addAllStaff(cut.items().stream().map(StaffProto::account).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  static RoleGrant grant(Grant grant, Instant now) {
    var proto =
        RoleGrant.newBuilder()
            .setRoleGrantId(grant.id().toString())
            .setStaffId(grant.staffId().toString())
            .setRole(grant.role())
            .setState(
                grant.isExpired(now)
                    ? RoleGrant.State.EXPIRED
                    : RoleGrant.State.valueOf(grant.state().name()))
            .setProposedBy(grant.proposedBy())
            .setDecidedBy(grant.decidedBy())
            .setCreateTime(ProtoTime.timestamp(grant.createTime()))
            .setExpireTime(ProtoTime.timestamp(grant.expireTime()));
    Instant decided = grant.decideTime();
    if (decided != null) {
      proto.setDecideTime(ProtoTime.timestamp(decided));
    }
    return proto.build();
  }

  static ListRoleGrantsResponse grants(Page.Cut<Grant> cut, Instant now) {
    return ListRoleGrantsResponse.newBuilder()
        .addAllRoleGrants(cut.items().stream().map(each -> grant(each, now)).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  static ListAuditRecordsResponse records(Page.Cut<AuditRecords.Entry> cut) {
    return ListAuditRecordsResponse.newBuilder()
        .addAllAuditRecords(cut.items().stream().map(StaffProto::auditRecord).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  private static AuditRecord auditRecord(AuditRecords.Entry entry) {
    return AuditRecord.newBuilder()
        .setAuditRecordId(entry.id().toString())
        .setAction(entry.action())
        .setActor(entry.actor())
        .setSubject(entry.subject())
        .setDetail(entry.detail())
        .setCreateTime(ProtoTime.timestamp(entry.time()))
        .build();
  }
}
