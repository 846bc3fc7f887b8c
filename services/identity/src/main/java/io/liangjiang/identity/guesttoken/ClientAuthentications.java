package io.liangjiang.identity.guesttoken;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.oauth2.sdk.auth.ClientAuthentication;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.verifier.ClientAuthenticationVerifier;
import com.nimbusds.oauth2.sdk.auth.verifier.InvalidClientException;
import com.nimbusds.oauth2.sdk.auth.verifier.JWTAudienceCheck;
import com.nimbusds.oauth2.sdk.auth.verifier.PKIClientX509CertificateBindingVerifier;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import io.liangjiang.identity.guestclient.ClientQuota;
import io.liangjiang.identity.guestclient.Clients;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import io.liangjiang.identity.oauth.Provider;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which client calls. One with keys proves itself by an assertion that it signed
 * (private_key_jwt, RFC 7523), made out to the issuer alone, good for five minutes and one use; one
 * without keys says its name and proves itself by PKCE.
 */
@ApplicationScoped
class ClientAuthentications {
  private static final Logger LOG = Logger.getLogger(ClientAuthentications.class);

  /** Failures of one client at one address. */
  static final AttemptLimit BY_CLIENT =
      new AttemptLimit("guest-client", 60, Duration.ofMinutes(10));

  private static final Set<JWSAlgorithm> ALGORITHMS =
      Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256);
  private static final long LONGEST_LIFE_SECONDS = 300;
  private static final int MAX_TOKEN_ID = 256;
  private static final String NOBODY = "?";
  private static final int ROWS_AT_ONCE = 5_000;

  private final Clients clients;
  private final ClientQuota quota;
  private final AssertionRepository assertions;
  private final AttemptLimits limits;
  private final Database database;
  private final Provider provider;
  private final InstantSource clock;

  ClientAuthentications(
      Clients clients,
      ClientQuota quota,
      AssertionRepository assertions,
      AttemptLimits limits,
      Database database,
      Provider provider,
      InstantSource clock) {
    this.clients = clients;
    this.quota = quota;
    this.assertions = assertions;
    this.limits = limits;
    this.database = database;
    this.provider = provider;
    this.clock = clock;
  }

  /**
   * The client of a request, which counts against its quota. Errors: invalid_client,
   * unauthorized_client for a suspended one, TOO_MANY_ATTEMPTS.
   *
   * @param proof null when there is none
   * @param named the {@code client_id} of the request; null when it comes with the proof
   */
  Uni<RegisteredClient> authenticate(
      @Nullable ClientAuthentication proof, @Nullable ClientID named, String address) {
    ClientID id = proof == null ? named : proof.getClientID();
    if (id == null) {
      throw refused();
    }
    return clients
        .find(id.getValue())
        .chain(found -> check(found, proof, address))
        .invoke(ClientAuthentications::requireActive)
        .call(quota::take);
  }

  /** Failures are counted by registered client, and together for names that nobody has. */
  private Uni<RegisteredClient> check(
      Optional<RegisteredClient> found, @Nullable ClientAuthentication proof, String address) {
    String key = address + "/" + found.map(RegisteredClient::id).orElse(NOBODY);
    return limits
        .requireOpen(BY_CLIENT, key)
        .chain(() -> found.isEmpty() ? fail() : check(found.get(), proof))
        .onFailure(ClientAuthentications::isRefusal)
        .call(() -> limits.acquire(BY_CLIENT, key));
  }

  /** The same for an endpoint that only clients with keys may call. */
  Uni<RegisteredClient> requireProof(@Nullable ClientAuthentication proof, String address) {
    if (proof == null) {
      throw refused();
    }
    return authenticate(proof, null, address);
  }

  private Uni<RegisteredClient> check(
      RegisteredClient client, @Nullable ClientAuthentication proof) {
    if (!client.hasKeys()) {
      return proof == null ? Uni.createFrom().item(client) : fail();
    }
    return proof instanceof PrivateKeyJWT assertion ? verify(client, assertion) : fail();
  }

  private Uni<RegisteredClient> verify(RegisteredClient client, PrivateKeyJWT assertion) {
    String tokenId = tokenId(assertion);
    if (!ALGORITHMS.contains(assertion.getClientAssertion().getHeader().getAlgorithm())
        || tokenId.isEmpty()) {
      return fail();
    }
    var verifier =
        new ClientAuthenticationVerifier<>(
            new RegisteredKeys(client),
            (@Nullable PKIClientX509CertificateBindingVerifier<RegisteredClient>) null,
            Set.of(new Audience(provider.issuer())),
            JWTAudienceCheck.STRICT,
            null,
            LONGEST_LIFE_SECONDS);
    try {
      verifier.verify(assertion, null, null);
    } catch (InvalidClientException | JOSEException e) {
      LOG.debugf("an assertion of %s was refused: %s", client.id(), e.getMessage());
      return fail();
    }
    // Longer than any assertion that is accepted from now on can live.
    Instant forgotten = clock.instant().plusSeconds(2 * LONGEST_LIFE_SECONDS);
    return assertions
        .use(database.client(), client.id(), tokenId, forgotten)
        .chain(first -> first ? Uni.createFrom().item(client) : fail());
  }

  @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    return assertions.forget(database.client(), clock.instant(), ROWS_AT_ONCE);
  }

  private static String tokenId(PrivateKeyJWT assertion) {
    var id = assertion.getJWTAuthenticationClaimsSet().getJWTID();
    return id == null || id.getValue().length() > MAX_TOKEN_ID ? "" : id.getValue();
  }

  private static void requireActive(RegisteredClient client) {
    if (!client.isActive()) {
      throw OAuthErrors.refuse(OAuthReason.UNAUTHORIZED_CLIENT, "the client is suspended");
    }
  }

  private static boolean isRefusal(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == OAuthReason.INVALID_CLIENT;
  }

  private static Uni<RegisteredClient> fail() {
    return Uni.createFrom().failure(refused());
  }

  private static ServiceException refused() {
    return OAuthErrors.refuse(OAuthReason.INVALID_CLIENT, "the client is not known by this");
  }
}
