package io.liangjiang.payments.payer;

import io.liangjiang.identity.v1.IssueServiceTokenRequest;
import io.liangjiang.identity.v1.ServiceToken;
import io.liangjiang.identity.v1.TokenService;
import io.liangjiang.platform.test.TestTokens;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Gives this service its token. */
@GrpcService
public class FakeTokens implements TokenService {
  private static final int LIFE_SECONDS = 600;

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
