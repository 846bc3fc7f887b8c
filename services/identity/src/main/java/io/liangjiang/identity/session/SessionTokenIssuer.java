package io.liangjiang.identity.session;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.citizen.Citizen;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.signing.AccessClaims;
import io.liangjiang.identity.signing.AccessTokens;
import io.liangjiang.identity.signing.AccessTokens.AccessToken;
import io.liangjiang.identity.staff.StaffMember;
import io.liangjiang.identity.staff.StaffMembers;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Makes access tokens of sessions: what the account is now, in the session's name. */
@ApplicationScoped
public class SessionTokenIssuer {
  private final Sessions sessions;
  private final Refreshes refreshes;
  private final Citizens citizens;
  private final StaffMembers staff;
  private final AccessTokens tokens;
  private final InstantSource clock;

  SessionTokenIssuer(
      Sessions sessions,
      Refreshes refreshes,
      Citizens citizens,
      StaffMembers staff,
      AccessTokens tokens,
      InstantSource clock) {
    this.sessions = sessions;
    this.refreshes = refreshes;
    this.citizens = citizens;
    this.staff = staff;
    this.tokens = tokens;
    this.clock = clock;
  }

  /**
   * A new access token of the caller's session, which is worth what was proved in it just now; none
   * when the session has ended.
   */
  public Uni<Optional<AccessToken>> renewed(Caller caller, Citizen citizen, AssuranceLevel proved) {
    return sessions
        .raised(caller, proved)
        .chain(
            found ->
                found.isEmpty()
                    ? Uni.createFrom().item(Optional.<AccessToken>empty())
                    : tokens
                        .issue(
                            claims(
                                new Grant(found.get(), "", 0, clock.instant()),
                                citizen,
                                UUID.randomUUID().toString()))
                        .map(Optional::of));
  }

  /** A new access token of a session, for the account as it is now. Errors: SESSION_REVOKED. */
  Uni<AccessToken> renewed(Session session) {
    Grant grant = new Grant(session, "", 0, clock.instant());
    String tokenId = UUID.randomUUID().toString();
    UUID accountId = session.account().id();
    return session.account().isCitizen()
        ? citizens.get(accountId).chain(citizen -> tokens.issue(claims(grant, citizen, tokenId)))
        : staff
            .find(accountId)
            .map(found -> found.orElseThrow(SessionTokenIssuer::gone))
            .chain(member -> tokens.issue(claims(grant, member, tokenId)));
  }

  /**
   * A token with which the caller acts for another citizen, in the caller's session. Errors:
   * SESSION_REVOKED when that has ended; OVERLOADED.
   *
   * @param citizen for whom, with the level that the token is to say
   */
  public Uni<AccessToken> acting(Caller caller, Citizen citizen, AccessTokens.Acting acting) {
    return sessions
        .findLive(caller)
        .map(found -> found.orElseThrow(Sessions::revoked))
        .chain(
            session ->
                tokens.issue(
                    claims(
                        new Grant(session, "", 0, clock.instant()),
                        citizen,
                        UUID.randomUUID().toString()),
                    acting));
  }

  /**
   * The answer to a refresh token that came from a place. Errors: see {@link Refreshes#refresh} and
   * {@link #answer}.
   */
  Uni<SessionTokens> refresh(String token, String place) {
    return refreshes.refresh(token, place).chain(this::answer);
  }

  /**
   * The answer to a sign-in or a refresh. Errors: SESSION_REVOKED when the account is gone;
   * OVERLOADED.
   */
  Uni<SessionTokens> answer(Grant grant) {
    Account account = grant.session().account();
    String tokenId = grant.session().id() + "." + grant.generation();
    return switch (account.kind()) {
      case CITIZEN ->
          citizens
              .get(account.id())
              .chain(
                  citizen ->
                      tokens
                          .issue(claims(grant, citizen, tokenId))
                          .map(token -> SessionProto.tokens(grant, token, shown(grant, citizen))));
      case STAFF ->
          staff
              .find(account.id())
              .map(found -> found.orElseThrow(SessionTokenIssuer::gone))
              .chain(
                  member ->
                      tokens
                          .issue(claims(grant, member, tokenId))
                          .map(token -> SessionProto.tokens(grant, token, member)));
    };
  }

  /** The citizen as the session's tokens tell of them. */
  private static Citizen shown(Grant grant, Citizen citizen) {
    var level = grant.session().authentication().level(citizen.assuranceLevel());
    return citizen.with(level);
  }

  private static AccessClaims claims(Grant grant, Citizen citizen, String tokenId) {
    return new AccessClaims(
        citizen.id().toString(),
        grant.session().id().toString(),
        tokenId,
        grant.session().clientId(),
        List.of(Caller.CITIZEN),
        grant.session().authentication().level(citizen.assuranceLevel()),
        grant.session().authentication().methods(),
        "",
        grant.session().authentication().time(),
        grant.issuedAt());
  }

  private static AccessClaims claims(Grant grant, StaffMember member, String tokenId) {
    return new AccessClaims(
        member.id().toString(),
        grant.session().id().toString(),
        tokenId,
        grant.session().clientId(),
        member.roles(),
        AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED,
        grant.session().authentication().methods(),
        member.organisationId(),
        grant.session().authentication().time(),
        grant.issuedAt());
  }

  private static ServiceException gone() {
    return new ServiceException(IdentityReason.SESSION_REVOKED, "the account is gone");
  }
}
