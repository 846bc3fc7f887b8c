package io.liangjiang.identity.authorization;

import com.nimbusds.oauth2.sdk.AuthorizationCodeGrant;
import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import io.liangjiang.identity.authorization.PendingAuthorization.Decision;
import io.liangjiang.identity.crypto.Digests;
import io.liangjiang.identity.guest.GuestSessions;
import io.liangjiang.identity.guest.IssuedGrant;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;

/** Redeems guests' codes, each once; a code that comes back ends what it was redeemed for. */
@ApplicationScoped
public class CodeRedemptions {
  /**
   * What a code was worth.
   *
   * @param nonce of the guest's request; may be empty
   */
  public record Redeemed(IssuedGrant grant, String nonce) {}

  private final AuthorizationRepository repository;
  private final GuestSessions sessions;
  private final Database database;
  private final InstantSource clock;

  CodeRedemptions(
      AuthorizationRepository repository,
      GuestSessions sessions,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.sessions = sessions;
    this.database = database;
    this.clock = clock;
  }

  /** Redeems a code for the client that it was given to. Errors: invalid_grant. */
  public Uni<Redeemed> redeem(RegisteredClient client, AuthorizationCodeGrant grant) {
    byte[] hash = Digests.sha256(grant.getAuthorizationCode().getValue());
    return database
        .inTransaction(
            tx ->
                repository
                    .lockByCode(tx, hash)
                    .map(found -> found.filter(r -> r.ask().clientId().equals(client.id())))
                    .map(found -> found.orElseThrow(CodeRedemptions::refused))
                    .chain(request -> redeem(tx, client, grant, request)))
        .map(redeemed -> redeemed.orElseThrow(CodeRedemptions::refused));
  }

  private Uni<Optional<Redeemed>> redeem(
      SqlConnection tx,
      RegisteredClient client,
      AuthorizationCodeGrant grant,
      PendingAuthorization request) {
    if (request.redeemTime() != null) {
      UUID session = request.sessionId();
      return session == null
          ? Uni.createFrom().item(Optional.empty())
          : sessions.codeReused(tx, session).replaceWith(Optional.<Redeemed>empty());
    }
    Decision decision = Objects.requireNonNull(request.decision());
    requireGood(client, grant, request);
    var opening =
        new GuestSessions.Opening(
            decision.citizenId(),
            decision.scopes(),
            request.ask().resources(),
            decision.level(),
            decision.time());
    return sessions
        .open(tx, client, opening)
        .map(opened -> opened.orElseThrow(CodeRedemptions::refused))
        .call(
            issued ->
                repository.redeem(tx, request.code(), issued.session().id(), Columns.now(clock)))
        .map(issued -> Optional.of(new Redeemed(issued, request.ask().nonce())));
  }

  private void requireGood(
      RegisteredClient client, AuthorizationCodeGrant grant, PendingAuthorization request) {
    Instant expires = request.codeExpireTime();
    boolean inTime = expires != null && clock.instant().isBefore(expires);
    boolean sameAddress =
        request.ask().redirectUri().equals(Objects.toString(grant.getRedirectionURI(), ""));
    if (!inTime || !sameAddress || !client.honours(request.createTime())) {
      throw refused();
    }
    if (grant.getCodeVerifier() == null) {
      throw refused();
    }
    var challenge = CodeChallenge.compute(CodeChallengeMethod.S256, grant.getCodeVerifier());
    boolean proved =
        MessageDigest.isEqual(
            challenge.getValue().getBytes(StandardCharsets.US_ASCII),
            request.ask().codeChallenge().getBytes(StandardCharsets.US_ASCII));
    if (!proved) {
      throw refused();
    }
  }

  /** One answer for all: who has a stolen code learns nothing of what is wrong with it. */
  private static ServiceException refused() {
    return OAuthErrors.refuse(OAuthReason.INVALID_GRANT, "the code is not valid for this request");
  }
}
