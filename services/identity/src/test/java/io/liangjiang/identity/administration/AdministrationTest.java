package io.liangjiang.identity.administration;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static io.liangjiang.identity.administration.StaffRequests.approve;
import static io.liangjiang.identity.administration.StaffRequests.gate;
import static io.liangjiang.identity.administration.StaffRequests.grant;
import static io.liangjiang.identity.administration.StaffRequests.reset;
import static io.liangjiang.identity.administration.StaffRequests.withdraw;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.AuditRecord;
import io.liangjiang.identity.v1.ChangeStaffPasswordRequest;
import io.liangjiang.identity.v1.GetStaffRequest;
import io.liangjiang.identity.v1.ListAuditRecordsRequest;
import io.liangjiang.identity.v1.ListRoleGrantsRequest;
import io.liangjiang.identity.v1.ListStaffRequest;
import io.liangjiang.identity.v1.RejectRoleGrantRequest;
import io.liangjiang.identity.v1.ResumeStaffRequest;
import io.liangjiang.identity.v1.RoleGrant;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInStaffRequest;
import io.liangjiang.identity.v1.StaffAccount;
import io.liangjiang.identity.v1.StaffCredentials;
import io.liangjiang.identity.v1.StaffService;
import io.liangjiang.identity.v1.SuspendStaffRequest;
import io.liangjiang.identity.v1.WithdrawRoleRequest;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import io.vertx.core.buffer.Buffer;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Accounts and roles over the wire, by the development city's administrators. */
@IdentityTest
class AdministrationTest {
  private static final String CHOSEN = "the river runs past the gate";

  @GrpcClient("self")
  StaffService self;

  @GrpcClient("self")
  SessionService sessions;

  @Inject MutableClock clock;
  @Inject Tables tables;
  @Inject Accounts accounts;
  @Inject Database database;

  private StaffService admin;
  private StaffService security;
  private StaffService auditor;

  @BeforeEach
  void signIn() {
    admin = TestCalls.as(self, TestTokens.staff("admin", ""));
    security = TestCalls.as(self, TestTokens.staff("security-admin", ""));
    auditor = TestCalls.as(self, TestTokens.staff("auditor", ""));
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void newMemberChangesTheFirstPasswordAndSignsIn() {
    var request = gate().build();
    StaffCredentials created = await(admin.createStaff(request));
    String username = created.getAccount().getUsername();
    String first = created.getInitialPassword();

    assertThat(created.getAccount().getRolesList()).containsExactly("gate");
    assertThat(created.getAccount().getPasswordChangeRequired()).isTrue();
    assertThat(first).hasSize(20);
    assertThat(reason(signIn(username, first))).isEqualTo("PASSWORD_CHANGE_REQUIRED");
    assertThat(reason(signIn(username, "wrong"))).isEqualTo("INVALID_CREDENTIALS");

    StaffAccount changed = await(change(username, first, CHOSEN));
    assertThat(changed.getPasswordChangeRequired()).isFalse();
    SessionTokens session = await(signIn(username, CHOSEN));
    assertThat(session.getStaff().getOrganisationId()).isEqualTo("wulong-tourism");
    assertThat(reason(signIn(username, first))).isEqualTo("INVALID_CREDENTIALS");
  }

  @Test
  void lostAnswerIsGivenAgainUntilThePasswordWasChanged() {
    var request = gate().build();
    StaffCredentials created = await(admin.createStaff(request));
    assertThat(await(admin.createStaff(request))).isEqualTo(created);

    await(change(request.getUsername(), created.getInitialPassword(), CHOSEN));
    assertThat(await(change(request.getUsername(), created.getInitialPassword(), CHOSEN)))
        .extracting(StaffAccount::getUsername)
        .isEqualTo(request.getUsername());

    assertThat(await(admin.createStaff(request)).getInitialPassword()).isEmpty();
    assertThat(
            tables.count(
                "select count(*) from idempotency_record r where position($1::bytea in r.response)"
                    + " > 0",
                Buffer.buffer(created.getInitialPassword())))
        .isZero();
  }

  @Test
  void weakPasswordChangesNothing() {
    StaffCredentials created = await(admin.createStaff(gate().build()));
    String username = created.getAccount().getUsername();

    assertThat(reason(change(username, created.getInitialPassword(), "short")))
        .isEqualTo("PASSWORD_TOO_WEAK");
    assertThat(reason(signIn(username, created.getInitialPassword())))
        .isEqualTo("PASSWORD_CHANGE_REQUIRED");
  }

  @Test
  void accountsAreOpenedWithPossibleRolesOnly() {
    assertThat(reason(admin.createStaff(gate().addRoles("admin").build())))
        .isEqualTo("ROLE_NOT_ALLOWED");
    assertThat(reason(admin.createStaff(gate().addRoles("king").build())))
        .isEqualTo("ROLE_NOT_ALLOWED");
    assertThat(reason(admin.createStaff(gate().setOrganisationId("nowhere").build())))
        .isEqualTo("ORGANISATION_NOT_FOUND");
    assertThat(reason(admin.createStaff(gate().clearOrganisationId().build())))
        .isEqualTo("ROLES_EXCLUDE_EACH_OTHER");
    assertThat(reason(admin.createStaff(gate().setUsername("gate").build())))
        .isEqualTo("USERNAME_TAKEN");
    assertThat(reason(admin.createStaff(gate().setUsername("No Name").build())))
        .isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void powerfulRoleNeedsASecondPerson() {
    StaffAccount newcomer = cityAccount();

    RoleGrant proposed = await(admin.grantRole(grant(newcomer, "auditor")));
    assertThat(proposed.getState()).isEqualTo(RoleGrant.State.PENDING);
    assertThat(read(newcomer).getRolesList()).isEmpty();
    assertThat(reason(admin.grantRole(grant(newcomer, "auditor")))).isEqualTo("ROLE_HELD");
    assertThat(reason(admin.approveRoleGrant(approve(proposed)))).isEqualTo("PERMISSION_DENIED");

    var approval = approve(proposed);
    RoleGrant granted = await(security.approveRoleGrant(approval));
    assertThat(granted.getState()).isEqualTo(RoleGrant.State.GRANTED);
    assertThat(granted.getDecidedBy()).isNotEqualTo(granted.getProposedBy());
    assertThat(await(security.approveRoleGrant(approval))).isEqualTo(granted);
    assertThat(read(newcomer).getRolesList()).containsExactly("auditor");
    assertThat(reason(security.approveRoleGrant(approve(proposed))))
        .isEqualTo("ROLE_GRANT_DECIDED");
    assertThat(reason(admin.grantRole(grant(newcomer, "admin"))))
        .isEqualTo("ROLES_EXCLUDE_EACH_OTHER");
  }

  @Test
  void nobodyApprovesTheirOwnRole() {
    StaffAccount newcomer = cityAccount();
    RoleGrant proposed = await(admin.grantRole(grant(newcomer, "security-admin")));
    String self2 = TestTokens.staff("security-admin", "");
    tables.rows(
        "update role_grant set proposed_by = 'staff-security-admin' where role_grant_id ="
            + " $1::text::uuid",
        proposed.getRoleGrantId());

    assertThat(reason(TestCalls.as(self, self2).approveRoleGrant(approve(proposed))))
        .isEqualTo("FOUR_EYES_REQUIRED");
    assertThat(read(newcomer).getRolesList()).isEmpty();
  }

  @Test
  void grantThatNobodyDecidesExpires() {
    RoleGrant proposed = await(admin.grantRole(grant(cityAccount(), "auditor")));
    clock.advance(Duration.ofDays(7));

    assertThat(reason(security.approveRoleGrant(approve(proposed))))
        .isEqualTo("ROLE_GRANT_EXPIRED");
    var all = await(auditor.listRoleGrants(ListRoleGrantsRequest.getDefaultInstance()));
    assertThat(all.getRoleGrantsList())
        .filteredOn(each -> each.getRoleGrantId().equals(proposed.getRoleGrantId()))
        .extracting(RoleGrant::getState)
        .containsExactly(RoleGrant.State.EXPIRED);
    var pending =
        await(
            auditor.listRoleGrants(
                ListRoleGrantsRequest.newBuilder().setPendingOnly(true).build()));
    assertThat(pending.getRoleGrantsList()).doesNotContain(proposed);
  }

  @Test
  void rejectedGrantGivesNothing() {
    StaffAccount newcomer = cityAccount();
    RoleGrant proposed = await(admin.grantRole(grant(newcomer, "auditor")));

    var rejected =
        await(
            security.rejectRoleGrant(
                RejectRoleGrantRequest.newBuilder()
                    .setRequestId(id())
                    .setRoleGrantId(proposed.getRoleGrantId())
                    .build()));

    assertThat(rejected.getState()).isEqualTo(RoleGrant.State.REJECTED);
    assertThat(read(newcomer).getRolesList()).isEmpty();
  }

  @Test
  void whoLosesARoleLosesTheSessions() {
    StaffCredentials created = await(admin.createStaff(gate().build()));
    StaffAccount account = created.getAccount();
    await(change(account.getUsername(), created.getInitialPassword(), CHOSEN));
    SessionTokens session = await(signIn(account.getUsername(), CHOSEN));
    await(admin.grantRole(grant(account, "merchant")));

    var withdrawn = await(admin.withdrawRole(withdraw(account, "gate")));

    assertThat(withdrawn.getRolesList()).containsExactly("merchant");
    assertThat(reason(SignedIn.refresh(sessions, session.getRefreshToken())))
        .isEqualTo("SESSION_REVOKED");
    assertThat(
            tables.count(
                "select count(*) from outbox_event where event_type = 'identity.SessionRevoked' and"
                    + " subject = $1",
                session.getSessionId()))
        .isEqualTo(1);
    assertThat(reason(admin.withdrawRole(withdraw(account, "gate")))).isEqualTo("ROLE_NOT_HELD");
  }

  @Test
  void shutAccountSignsInNoMoreUntilItIsOpened() {
    StaffCredentials created = await(admin.createStaff(gate().build()));
    StaffAccount account = created.getAccount();
    await(change(account.getUsername(), created.getInitialPassword(), CHOSEN));
    SessionTokens session = await(signIn(account.getUsername(), CHOSEN));
    var suspend =
        SuspendStaffRequest.newBuilder()
            .setRequestId(id())
            .setStaffId(account.getStaffId())
            .build();

    assertThat(await(admin.suspendStaff(suspend)).getState())
        .isEqualTo(StaffAccount.State.SUSPENDED);
    assertThat(reason(signIn(account.getUsername(), CHOSEN))).isEqualTo("STAFF_SUSPENDED");
    assertThat(reason(signIn(account.getUsername(), "wrong"))).isEqualTo("INVALID_CREDENTIALS");
    assertThat(reason(SignedIn.refresh(sessions, session.getRefreshToken())))
        .isEqualTo("SESSION_REVOKED");

    await(
        admin.resumeStaff(
            ResumeStaffRequest.newBuilder()
                .setRequestId(id())
                .setStaffId(account.getStaffId())
                .build()));
    assertThat(await(signIn(account.getUsername(), CHOSEN)).getStaff().getUsername())
        .isEqualTo(account.getUsername());
  }

  @Test
  void lastAdministratorStays() {
    String adminId =
        tables
            .rows("select staff_id from staff where username = 'admin'")
            .getFirst()
            .getUUID(0)
            .toString();
    var suspend = SuspendStaffRequest.newBuilder().setRequestId(id()).setStaffId(adminId).build();
    var withdraw =
        WithdrawRoleRequest.newBuilder()
            .setRequestId(id())
            .setStaffId(adminId)
            .setRole("admin")
            .build();

    assertThat(reason(security.suspendStaff(suspend))).isEqualTo("LAST_ADMINISTRATOR");
    assertThat(reason(security.withdrawRole(withdraw))).isEqualTo("LAST_ADMINISTRATOR");
    assertThat(SignedIn.staff(sessions, "admin").getStaff().getRolesList())
        .containsExactly("admin");
  }

  @Test
  void resetPasswordMustBeChangedAndIsNotForOneself() {
    StaffCredentials created = await(admin.createStaff(gate().build()));
    StaffAccount account = created.getAccount();
    await(change(account.getUsername(), created.getInitialPassword(), CHOSEN));

    var given = await(security.resetStaffPassword(reset(account.getStaffId())));

    assertThat(reason(signIn(account.getUsername(), CHOSEN))).isEqualTo("INVALID_CREDENTIALS");
    assertThat(reason(signIn(account.getUsername(), given.getInitialPassword())))
        .isEqualTo("PASSWORD_CHANGE_REQUIRED");
    var own = UUID.fromString(account.getStaffId());
    var reset =
        database.inTransaction(tx -> accounts.reset(tx, own, "", own, account.getStaffId()));
    assertThat(reason(reset)).isEqualTo("OWN_ACCOUNT");
  }

  @Test
  void auditorReadsWhatWasDone() {
    StaffAccount account = await(admin.createStaff(gate().build())).getAccount();
    await(admin.grantRole(grant(account, "merchant")));

    var records =
        await(
            auditor.listAuditRecords(
                ListAuditRecordsRequest.newBuilder().setSubject(account.getStaffId()).build()));

    assertThat(records.getAuditRecordsList())
        .extracting(AuditRecord::getAction)
        .containsExactly("staff.roleGranted", "staff.created");
    assertThat(reason(admin.listAuditRecords(ListAuditRecordsRequest.getDefaultInstance())))
        .isEqualTo("PERMISSION_DENIED");
  }

  @Test
  void accountsAreListedByName() {
    StaffAccount one = await(admin.createStaff(gate().build())).getAccount();

    var page = await(auditor.listStaff(ListStaffRequest.newBuilder().setPageSize(100).build()));

    assertThat(page.getStaffList()).contains(one);
    assertThat(page.getStaffList()).extracting(StaffAccount::getUsername).isSorted();
    assertThat(reason(admin.getStaff(GetStaffRequest.newBuilder().setStaffId("x").build())))
        .isEqualTo("STAFF_NOT_FOUND");
  }

  private StaffAccount cityAccount() {
    var request = gate().clearRoles().clearOrganisationId().build();
    return await(admin.createStaff(request)).getAccount();
  }

  private StaffAccount read(StaffAccount account) {
    return await(
        admin.getStaff(GetStaffRequest.newBuilder().setStaffId(account.getStaffId()).build()));
  }

  private Uni<SessionTokens> signIn(String username, String password) {
    return sessions.signInStaff(
        SignInStaffRequest.newBuilder()
            .setRequestId(id())
            .setUsername(username)
            .setPassword(password)
            .build());
  }

  private Uni<StaffAccount> change(String username, String password, String newPassword) {
    return self.changeStaffPassword(
        ChangeStaffPasswordRequest.newBuilder()
            .setRequestId(id())
            .setUsername(username)
            .setPassword(password)
            .setNewPassword(newPassword)
            .build());
  }

  private static String reason(Uni<?> call) {
    Throwable failure = catchThrowable(() -> await(call));
    return failure instanceof ServiceException refusal
        ? refusal.reason().name()
        : TestCalls.reason(failure);
  }
}
