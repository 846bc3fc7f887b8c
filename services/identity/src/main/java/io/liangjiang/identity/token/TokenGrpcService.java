package io.liangjiang.identity.token;

import io.liangjiang.identity.limit.ClientAddress;
import io.liangjiang.identity.v1.IssueServiceTokenRequest;
import io.liangjiang.identity.v1.ServiceToken;
import io.liangjiang.identity.v1.TokenService;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract of service tokens. */
@GrpcService
public class TokenGrpcService implements TokenService {
  private static final int MAX_CLIENT_ID = 64;
  private static final int MAX_SECRET = 256;

  private final ServiceTokens tokens;

  TokenGrpcService(ServiceTokens tokens) {
    this.tokens = tokens;
  }

  @Override
  public Uni<ServiceToken> issueServiceToken(IssueServiceTokenRequest request) {
    new Violations()
        .requireText(request.getClientId(), 1, MAX_CLIENT_ID, "client_id")
        .requireText(request.getClientSecret(), 1, MAX_SECRET, "client_secret")
        .throwIfAny();
    return tokens
        .issue(request.getClientId(), request.getClientSecret(), ClientAddress.current())
        .map(
            token ->
                ServiceToken.newBuilder()
                    .setAccessToken(token.token())
                    .setExpiresInSeconds(token.expiresInSeconds())
                    .build());
  }
}
