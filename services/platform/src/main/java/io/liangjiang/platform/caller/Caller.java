package io.liangjiang.platform.caller;

import io.grpc.Context;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who sent a request, as the verified token says.
 *
 * @param subject citizen id, staff id or name of a service; empty for an anonymous caller
 * @param roles what the caller may be; "citizen" for every citizen, "service" for every service
 * @param assuranceLevel what a citizen has proved
 * @param organisationId organisation of a staff member
 * @param acting who acts for the subject and with which powers, if another does
 * @param sessionId the session the token belongs to; empty for services
 * @param token the token itself, to be passed on in the citizen's name
 */
public record Caller(
    String subject,
    Set<String> roles,
    AssuranceLevel assuranceLevel,
    @Nullable String organisationId,
    @Nullable Acting acting,
    String sessionId,
    String token) {

  /**
   * Somebody acts for the subject of the token (RFC 8693, section 4.1).
   *
   * @param actor subject of who really calls
   * @param delegationId under which delegation; the token is worth nothing once it ended
   * @param powers what the actor may do, for example "tourism.book"
   */
  public record Acting(String actor, String delegationId, Set<String> powers) {}

  /** Role of every citizen. */
  public static final String CITIZEN = "citizen";

  /** Role of every service of the city. */
  public static final String SERVICE = "service";

  /** Somebody who sent no token. */
  public static final Caller ANONYMOUS =
      new Caller("", Set.of(), AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED, null, null, "", "");

  static final Context.Key<Caller> KEY = Context.keyWithDefault("liangjiang-caller", ANONYMOUS);

  /**
   * The caller of the current RPC; read it in the RPC's first statement, before anything
   * asynchronous.
   */
  public static Caller current() {
    return KEY.get();
  }

  public boolean isCitizen() {
    return roles.contains(CITIZEN);
  }

  public boolean isService() {
    return roles.contains(SERVICE);
  }

  public boolean isAnonymous() {
    return subject.isEmpty();
  }

  public boolean hasRole(String role) {
    return roles.contains(role);
  }

  /** Whether somebody acts for the subject. */
  public boolean isActing() {
    return acting != null;
  }

  /** Who really calls: the delegate of an acting token, else the subject itself. */
  public String actor() {
    return acting == null ? subject : acting.actor();
  }

  /**
   * The delegate where a request asks for them in person, else the subject. Errors:
   * INVALID_ARGUMENT when it asks and nobody acts.
   *
   * @param field of the request that asks
   */
  public String delegateIf(boolean asked, String field) {
    if (asked && !isActing()) {
      throw new ServiceException(PlatformReason.INVALID_ARGUMENT, field + " is for delegates only")
          .violation(field, "is for delegates only");
    }
    return asked ? actor() : subject;
  }

  /** Whether an acting token gives the power; never true of other tokens, which need none. */
  public boolean hasPower(String power) {
    return acting != null && acting.powers().contains(power);
  }

  /** The delegation of an acting token; empty for other tokens. */
  public String delegationId() {
    return acting == null ? "" : acting.delegationId();
  }

  /**
   * Whose request ids these are: a delegate's never meet those of the citizen for whom the delegate
   * acts. At most 100 characters for subjects that are UUIDs.
   */
  public String requestScope() {
    return acting == null ? subject : subject + "/" + acting.actor();
  }

  /** The staff member's organisation. Errors: PERMISSION_DENIED when the token names none. */
  public String requireOrganisationId() {
    if (organisationId == null) {
      throw new ServiceException(
          PlatformReason.PERMISSION_DENIED, "the caller belongs to no organisation");
    }
    return organisationId;
  }
}
