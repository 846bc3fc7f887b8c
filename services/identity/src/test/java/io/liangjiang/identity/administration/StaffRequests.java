package io.liangjiang.identity.administration;

import static io.liangjiang.identity.SignedIn.id;

import io.liangjiang.identity.v1.ApproveRoleGrantRequest;
import io.liangjiang.identity.v1.CreateStaffRequest;
import io.liangjiang.identity.v1.GrantRoleRequest;
import io.liangjiang.identity.v1.ResetStaffPasswordRequest;
import io.liangjiang.identity.v1.RoleGrant;
import io.liangjiang.identity.v1.StaffAccount;
import io.liangjiang.identity.v1.WithdrawRoleRequest;

/** Requests of administrators as tests send them. */
final class StaffRequests {
  private StaffRequests() {}

  static CreateStaffRequest.Builder gate() {
    return CreateStaffRequest.newBuilder()
        .setRequestId(id())
        .setUsername("g-" + id())
        .addRoles("gate")
        .setOrganisationId("wulong-tourism");
  }

  static GrantRoleRequest grant(StaffAccount account, String role) {
    return GrantRoleRequest.newBuilder()
        .setRequestId(id())
        .setStaffId(account.getStaffId())
        .setRole(role)
        .build();
  }

  static WithdrawRoleRequest withdraw(StaffAccount account, String role) {
    return WithdrawRoleRequest.newBuilder()
        .setRequestId(id())
        .setStaffId(account.getStaffId())
        .setRole(role)
        .build();
  }

  static ApproveRoleGrantRequest approve(RoleGrant grant) {
    return ApproveRoleGrantRequest.newBuilder()
        .setRequestId(id())
        .setRoleGrantId(grant.getRoleGrantId())
        .build();
  }

  static ResetStaffPasswordRequest reset(String staffId) {
    return ResetStaffPasswordRequest.newBuilder().setRequestId(id()).setStaffId(staffId).build();
  }
}
