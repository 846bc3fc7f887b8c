package io.liangjiang.identity.delegation;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.citizen.Citizen;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.session.SessionTokenIssuer;
import io.liangjiang.identity.signing.AccessTokens.AccessToken;
import io.liangjiang.identity.signing.AccessTokens.Acting;
import io.liangjiang.platform.access.AccessRecords;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/** Gives delegates tokens to act with. */
@ApplicationScoped
class ActingTokens {
  private static final String DATA_KIND = "acting-token";
  private static final String PURPOSE = "to act for the citizen";

  /** A token and what it says. */
  record Issued(AccessToken token, UUID citizenId, List<String> powers) {}

  private final Delegations delegations;
  private final Ages ages;
  private final Citizens citizens;
  private final SessionTokenIssuer issuer;
  private final AccessRecords accessRecords;
  private final Database database;
  private final InstantSource clock;

  ActingTokens(
      Delegations delegations,
      Ages ages,
      Citizens citizens,
      SessionTokenIssuer issuer,
      AccessRecords accessRecords,
      Database database,
      InstantSource clock) {
    this.delegations = delegations;
    this.ages = ages;
    this.citizens = citizens;
    this.issuer = issuer;
    this.accessRecords = accessRecords;
    this.database = database;
    this.clock = clock;
  }

  /**
   * A token of the caller's session to act for who gave the delegation. Errors: see the contract.
   *
   * @param wanted powers; empty for all in force
   */
  Uni<Issued> issue(Caller caller, UUID delegationId, List<String> wanted) {
    UUID delegate = UUID.fromString(caller.subject());
    Instant now = clock.instant();
    return delegations
        .get(delegate, delegationId)
        .invoke(found -> requireHolder(found, delegate))
        .chain(
            found ->
                ages.standing(found, now)
                    .map(standing -> powers(found, standing, wanted, now))
                    .chain(grant -> sign(caller, found, grant)));
  }

  private record Grant(List<String> powers, Instant until) {}

  private static void requireHolder(Delegation delegation, UUID delegate) {
    if (!delegation.isHeldBy(delegate)) {
      throw Refusals.noDelegation();
    }
  }

  private static Grant powers(
      Delegation delegation, Standing standing, List<String> wanted, Instant now) {
    if (standing.state() != Standing.State.ACTIVE) {
      throw Refusals.ended();
    }
    if (now.isBefore(delegation.times().start())) {
      throw new ServiceException(
          IdentityReason.DELEGATION_NOT_STARTED, "the delegation has not begun");
    }
    List<String> powers = wanted.isEmpty() ? standing.inForce() : Powers.sorted(wanted);
    if (powers.isEmpty() || !standing.inForce().containsAll(powers)) {
      throw new ServiceException(
          IdentityReason.POWER_NOT_IN_FORCE, "the delegation does not give this power now");
    }
    return new Grant(powers, standing.until());
  }

  private Uni<Issued> sign(Caller caller, Delegation delegation, Grant grant) {
    UUID citizenId = delegation.parties().citizenId();
    var acting = new Acting(caller.subject(), delegation.tokenKey(), grant.powers(), grant.until());
    return citizens
        .get(citizenId)
        .chain(citizen -> issuer.acting(caller, lower(citizen, caller), acting))
        .call(
            () ->
                accessRecords.append(
                    database.client(),
                    caller,
                    citizenId.toString(),
                    DATA_KIND,
                    delegation.id().toString(),
                    PURPOSE))
        .map(token -> new Issued(token, citizenId, grant.powers()));
  }

  /** Nobody proves more for another than both have proved. */
  private static Citizen lower(Citizen citizen, Caller caller) {
    AssuranceLevel level =
        citizen.assuranceLevel().getNumber() < caller.assuranceLevel().getNumber()
            ? citizen.assuranceLevel()
            : caller.assuranceLevel();
    return new Citizen(
        citizen.id(), level, citizen.displayName(), citizen.maskedPhone(), citizen.createTime());
  }
}
