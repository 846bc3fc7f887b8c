package io.liangjiang.identity.token;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.signing.AccessClaims;
import io.liangjiang.identity.signing.AccessTokens;
import io.liangjiang.identity.signing.AccessTokens.AccessToken;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;

/**
 * Gives services their tokens. Only failures are counted, by address and client: a service may ask
 * as often as it restarts, and one that has a wrong secret does not shut out its neighbours.
 */
@ApplicationScoped
class ServiceTokens {
  static final AttemptLimit BY_CLIENT =
      new AttemptLimit("service-client", 60, Duration.ofMinutes(10));
  private static final String METHOD = "pwd";

  private final ServiceClients clients;
  private final AttemptLimits limits;
  private final AccessTokens tokens;
  private final InstantSource clock;

  ServiceTokens(
      ServiceClients clients, AttemptLimits limits, AccessTokens tokens, InstantSource clock) {
    this.clients = clients;
    this.limits = limits;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** A token for the service. Errors: INVALID_CLIENT, TOO_MANY_ATTEMPTS, OVERLOADED. */
  Uni<AccessToken> issue(String clientId, String secret, String address) {
    String key = address + "/" + clientId;
    return limits
        .requireOpen(BY_CLIENT, key)
        .chain(
            () ->
                clients.isSecretOf(clientId, secret)
                    ? tokens.issue(claims(clientId))
                    : limits.acquire(BY_CLIENT, key).chain(ServiceTokens::refuse));
  }

  private AccessClaims claims(String clientId) {
    return new AccessClaims(
        clientId,
        "",
        UUID.randomUUID().toString(),
        clientId,
        List.of(Caller.SERVICE),
        AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED,
        List.of(METHOD),
        "",
        null,
        clock.instant());
  }

  private static Uni<AccessToken> refuse() {
    return Uni.createFrom()
        .failure(
            new ServiceException(
                IdentityReason.INVALID_CLIENT, "no service has this client id and secret"));
  }
}
