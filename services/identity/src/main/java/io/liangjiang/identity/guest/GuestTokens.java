package io.liangjiang.identity.guest;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.Provider;
import io.liangjiang.identity.signing.JwtSigner;
import io.liangjiang.platform.caller.TokenClaims;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;

/**
 * Makes guests' tokens. They name the public address as their issuer and never the city's audience,
 * so that none of them opens an RPC of the city.
 */
@ApplicationScoped
public class GuestTokens {
  /** {@code typ} of access tokens (RFC 9068). */
  public static final String ACCESS_TYPE = "at+jwt";

  /** {@code typ} of ID tokens. */
  public static final String ID_TYPE = "JWT";

  /** The claim with the scopes. */
  static final String SCOPE = "scope";

  /** The claim with the client. */
  static final String CLIENT = "client_id";

  /**
   * A signed access token.
   *
   * @param expiresInSeconds from now; at least 0
   */
  public record Signed(String token, long expiresInSeconds) {}

  private final JwtSigner signer;
  private final PairwiseSubjects subjects;
  private final Provider provider;
  private final IdentitySettings settings;
  private final InstantSource clock;

  GuestTokens(
      JwtSigner signer,
      PairwiseSubjects subjects,
      Provider provider,
      IdentitySettings settings,
      InstantSource clock) {
    this.signer = signer;
    this.subjects = subjects;
    this.provider = provider;
    this.settings = settings;
    this.clock = clock;
  }

  /** An access token. Errors: OVERLOADED. */
  public Uni<Signed> access(TokenOrder order) {
    RegisteredClient client = order.client();
    GuestSession session = order.session();
    String subject = session == null ? client.id() : subject(client, session);
    JwtClaims claims = claims(subject, order.issuedAt());
    claims.setAudience(order.audience());
    claims.setJwtId(order.tokenId());
    claims.setStringClaim(CLIENT, client.id());
    claims.setStringClaim(SCOPE, String.join(" ", order.scopes()));
    if (session != null) {
      addSignIn(claims, session);
    }
    if (!order.actor().isEmpty()) {
      claims.setClaim(TokenClaims.ACTOR, order.actor());
    }
    long left = expiry(order.issuedAt()) - clock.instant().getEpochSecond();
    return signer.sign(ACCESS_TYPE, claims).map(token -> new Signed(token, Math.max(0, left)));
  }

  /**
   * An ID token for the client.
   *
   * @param nonce of the request; empty for none
   */
  public Uni<String> id(RegisteredClient client, IssuedGrant grant, String nonce) {
    JwtClaims claims = claims(subject(client, grant.session()), grant.issuedAt());
    claims.setAudience(client.id());
    addSignIn(claims, grant.session());
    if (!nonce.isEmpty()) {
      claims.setStringClaim("nonce", nonce);
    }
    return signer.sign(ID_TYPE, claims);
  }

  /** Under which name the client knows the citizen of a session. */
  public String subject(RegisteredClient client, GuestSession session) {
    return subjects.of(client.registration().getSector(), session.citizenId());
  }

  private JwtClaims claims(String subject, Instant issuedAt) {
    var claims = new JwtClaims();
    claims.setIssuer(provider.issuer());
    claims.setSubject(subject);
    claims.setIssuedAt(NumericDate.fromSeconds(issuedAt.getEpochSecond()));
    claims.setExpirationTime(NumericDate.fromSeconds(expiry(issuedAt)));
    return claims;
  }

  private long expiry(Instant issuedAt) {
    return issuedAt.getEpochSecond() + settings.accessTokenTtl().toSeconds();
  }

  private static void addSignIn(JwtClaims claims, GuestSession session) {
    claims.setStringClaim(TokenClaims.SESSION, session.id().toString());
    claims.setStringClaim(TokenClaims.ASSURANCE, TokenClaims.acr(session.level()));
    claims.setClaim("auth_time", session.authTime().getEpochSecond());
  }
}
