package io.liangjiang.identity.administration;

import com.google.protobuf.Message;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.administration.Administration.Order;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.limit.ClientAddress;
import io.liangjiang.identity.v1.ApproveRoleGrantRequest;
import io.liangjiang.identity.v1.ChangeStaffPasswordRequest;
import io.liangjiang.identity.v1.CreateStaffRequest;
import io.liangjiang.identity.v1.GetStaffRequest;
import io.liangjiang.identity.v1.GrantRoleRequest;
import io.liangjiang.identity.v1.ListAuditRecordsRequest;
import io.liangjiang.identity.v1.ListAuditRecordsResponse;
import io.liangjiang.identity.v1.ListRoleGrantsRequest;
import io.liangjiang.identity.v1.ListRoleGrantsResponse;
import io.liangjiang.identity.v1.ListStaffRequest;
import io.liangjiang.identity.v1.ListStaffResponse;
import io.liangjiang.identity.v1.RejectRoleGrantRequest;
import io.liangjiang.identity.v1.ResetStaffPasswordRequest;
import io.liangjiang.identity.v1.ResumeStaffRequest;
import io.liangjiang.identity.v1.RoleGrant;
import io.liangjiang.identity.v1.StaffAccount;
import io.liangjiang.identity.v1.StaffCredentials;
import io.liangjiang.identity.v1.StaffService;
import io.liangjiang.identity.v1.SuspendStaffRequest;
import io.liangjiang.identity.v1.WithdrawRoleRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** The contract of staff accounts. */
@GrpcService
public class StaffGrpcService implements StaffService {
  private static final Pattern USERNAME = Pattern.compile("[a-z0-9.-]{1,64}");
  private static final int MAX_ROLES = 10;
  private static final int MAX_ORGANISATION_ID = 64;
  private static final int MAX_PASSWORD = 128;
  private static final int MAX_SUBJECT = 100;

  private final Administration administration;
  private final Accounts accounts;
  private final RoleGrants grants;
  private final AuditRecords audit;
  private final InstantSource clock;

  StaffGrpcService(
      Administration administration,
      Accounts accounts,
      RoleGrants grants,
      AuditRecords audit,
      InstantSource clock) {
    this.administration = administration;
    this.accounts = accounts;
    this.grants = grants;
    this.audit = audit;
    this.clock = clock;
  }

  @Override
  public Uni<StaffCredentials> createStaff(CreateStaffRequest request) {
    List<String> roles = List.copyOf(new HashSet<>(request.getRolesList()));
    new Violations()
        .require(
            USERNAME.matcher(request.getUsername()).matches(),
            "username",
            "must be 1 to 64 characters of a-z 0-9 . -")
        .require(request.getRolesCount() <= MAX_ROLES, "roles", "must be at most " + MAX_ROLES)
        .requireText(request.getOrganisationId(), 0, MAX_ORGANISATION_ID, "organisation_id")
        .throwIfAny();
    roles.forEach(role -> requireRole(StaffRoles.isOrdinary(role), role));
    return administration.open(
        order(request.getRequestId(), request),
        request.getUsername(),
        roles.stream().sorted().toList(),
        request.getOrganisationId());
  }

  @Override
  public Uni<StaffAccount> getStaff(GetStaffRequest request) {
    UUID id = staffId(request.getStaffId());
    return administration.get(id).map(StaffProto::account);
  }

  @Override
  public Uni<ListStaffResponse> listStaff(ListStaffRequest request) {
    return administration
        .list(Page.of(request.getPageSize(), request.getPageToken()))
        .map(StaffProto::accounts);
  }

  @Override
  public Uni<RoleGrant> grantRole(GrantRoleRequest request) {
    UUID id = staffId(request.getStaffId());
    String role = request.getRole();
    requireRole(StaffRoles.isOrdinary(role) || StaffRoles.isPowerful(role), role);
    Order order = order(request.getRequestId(), request);
    return administration.decide(order, tx -> grants.grant(tx, id, role, order.actor()));
  }

  @Override
  public Uni<StaffAccount> withdrawRole(WithdrawRoleRequest request) {
    UUID id = staffId(request.getStaffId());
    Order order = order(request.getRequestId(), request);
    return administration.change(
        order, tx -> accounts.withdraw(tx, id, request.getRole(), order.actor()));
  }

  @Override
  public Uni<StaffAccount> suspendStaff(SuspendStaffRequest request) {
    UUID id = staffId(request.getStaffId());
    Order order = order(request.getRequestId(), request);
    return administration.change(order, tx -> accounts.suspend(tx, id, order.actor()));
  }

  @Override
  public Uni<StaffAccount> resumeStaff(ResumeStaffRequest request) {
    UUID id = staffId(request.getStaffId());
    Order order = order(request.getRequestId(), request);
    return administration.change(order, tx -> accounts.resume(tx, id, order.actor()));
  }

  @Override
  public Uni<StaffCredentials> resetStaffPassword(ResetStaffPasswordRequest request) {
    UUID id = staffId(request.getStaffId());
    return administration.reset(order(request.getRequestId(), request), id);
  }

  @Override
  public Uni<StaffAccount> changeStaffPassword(ChangeStaffPasswordRequest request) {
    var unused = Violations.requestId(request.getRequestId());
    new Violations()
        .requireText(request.getUsername(), 1, MAX_ORGANISATION_ID, "username")
        .requireText(request.getPassword(), 1, MAX_PASSWORD, "password")
        .requireText(request.getNewPassword(), 1, MAX_PASSWORD, "new_password")
        .throwIfAny();
    return administration.changePassword(
        request.getUsername(),
        request.getPassword(),
        request.getNewPassword(),
        ClientAddress.current());
  }

  @Override
  public Uni<ListRoleGrantsResponse> listRoleGrants(ListRoleGrantsRequest request) {
    return grants
        .list(request.getPendingOnly(), Page.of(request.getPageSize(), request.getPageToken()))
        .map(cut -> StaffProto.grants(cut, clock.instant()));
  }

  @Override
  public Uni<RoleGrant> approveRoleGrant(ApproveRoleGrantRequest request) {
    UUID id = grantId(request.getRoleGrantId());
    Order order = order(request.getRequestId(), request);
    return administration.decide(order, tx -> grants.approve(tx, id, order.actor()));
  }

  @Override
  public Uni<RoleGrant> rejectRoleGrant(RejectRoleGrantRequest request) {
    UUID id = grantId(request.getRoleGrantId());
    Order order = order(request.getRequestId(), request);
    return administration.decide(order, tx -> grants.reject(tx, id, order.actor()));
  }

  @Override
  public Uni<ListAuditRecordsResponse> listAuditRecords(ListAuditRecordsRequest request) {
    new Violations().requireText(request.getSubject(), 0, MAX_SUBJECT, "subject").throwIfAny();
    return audit
        .list(request.getSubject(), Page.of(request.getPageSize(), request.getPageToken()))
        .map(StaffProto::records);
  }

  private static Order order(String requestId, Message request) {
    return new Order(Caller.current(), Violations.requestId(requestId).toString(), request);
  }

  private static UUID staffId(String text) {
    return id(text, IdentityReason.STAFF_NOT_FOUND);
  }

  private static UUID grantId(String text) {
    return id(text, IdentityReason.ROLE_GRANT_NOT_FOUND);
  }

  /** What is no UUID names nothing that is there. */
  private static UUID id(String text, IdentityReason reason) {
    if (!Violations.isUuid(text)) {
      throw new ServiceException(reason, "nothing has this id");
    }
    return UUID.fromString(text);
  }

  private static void requireRole(boolean allowed, String role) {
    if (!allowed) {
      throw new ServiceException(IdentityReason.ROLE_NOT_ALLOWED, "not a role that is given so")
          .with("role", role);
    }
  }
}
