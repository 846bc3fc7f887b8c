package io.liangjiang.healthcare.fake;

import io.liangjiang.identity.v1.IssueServiceTokenRequest;
import io.liangjiang.identity.v1.ServiceToken;
import io.liangjiang.identity.v1.TokenService;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Identity's side of the service's own token. */
@GrpcService
public class FakeTokens implements TokenService {
  private static final int LIFE_SECONDS = 3_600;

  @Override
  public Uni<ServiceToken> issueServiceToken(IssueServiceTokenRequest request) {
    return Uni.createFrom()
        .item(
            ServiceToken.newBuilder()
                .setAccessToken(TestTokens.service(request.getClientId()))
                .setExpiresInSeconds(LIFE_SECONDS)
                .build());
  }
}
