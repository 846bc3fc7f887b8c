package io.liangjiang.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Channel;
import io.grpc.ClientInterceptors;
import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.MetadataUtils;
import io.liangjiang.identity.v1.CitizenServiceGrpc;
import io.liangjiang.identity.v1.GetMeRequest;
import io.liangjiang.identity.v1.ListMySessionsRequest;
import io.liangjiang.identity.v1.ListSigningKeysRequest;
import io.liangjiang.identity.v1.SessionServiceGrpc;
import io.liangjiang.identity.v1.SignOutRequest;
import io.liangjiang.identity.v1.SigningKeyServiceGrpc;
import io.liangjiang.platform.caller.CallerInterceptor;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.forgery.ForgedTokens;
import io.liangjiang.platform.test.forgery.Forgery;
import jakarta.inject.Inject;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Every forgery against the verifier that all services share, and over the wire; what every RPC of
 * every service makes of one of each kind is in the access matrices.
 */
@IdentityTest
class ForgedTokensTest {
  @Inject TokenVerifier verifier;

  private ManagedChannel channel;

  @BeforeEach
  void connect() {
    int port = ConfigProvider.getConfig().getValue("quarkus.grpc.clients.self.port", Integer.class);
    channel = ManagedChannelBuilder.forAddress("localhost", port).usePlaintext().build();
  }

  @AfterEach
  void disconnect() {
    channel.shutdownNow();
  }

  @Test
  void areAllRefusedByTheVerifier() {
    List<String> wrong =
        ForgedTokens.all().stream()
            .filter(forgery -> !isRefused(forgery))
            .map(Forgery::toString)
            .toList();

    assertThat(ForgedTokens.all()).hasSizeGreaterThan(1_000);
    assertThat(wrong).isEmpty();
  }

  private boolean isRefused(Forgery forgery) {
    return catchThrowable(() -> verifier.verify(forgery.token()))
            instanceof ServiceException refusal
        && refusal.reason() == PlatformReason.UNAUTHENTICATED;
  }

  @Test
  void areAllRefusedOverTheWire() {
    List<String> wrong =
        ForgedTokens.all().stream()
            .filter(Forgery::isSendable)
            .filter(
                forgery ->
                    !isTurnedAway(
                            forgery,
                            to ->
                                SessionServiceGrpc.newBlockingStub(to)
                                    .listMySessions(ListMySessionsRequest.getDefaultInstance()))
                        || !isTurnedAway(
                            forgery,
                            to ->
                                CitizenServiceGrpc.newBlockingStub(to)
                                    .getMe(GetMeRequest.getDefaultInstance()))
                        || !isTurnedAway(
                            forgery,
                            to ->
                                SigningKeyServiceGrpc.newBlockingStub(to)
                                    .listSigningKeys(ListSigningKeysRequest.getDefaultInstance()))
                        || !isTurnedAway(
                            forgery,
                            to ->
                                SessionServiceGrpc.newBlockingStub(to)
                                    .signOut(SignOutRequest.getDefaultInstance())))
            .map(Forgery::toString)
            .toList();

    assertThat(wrong).isEmpty();
  }

  private boolean isTurnedAway(Forgery forgery, Consumer<Channel> call) {
    var headers = new Metadata();
    headers.put(CallerInterceptor.AUTHORIZATION, "Bearer " + forgery.token());
    Channel sending =
        ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers));
    return catchThrowable(() -> call.accept(sending)) instanceof StatusRuntimeException refusal
        && refusal.getStatus().getCode() == Status.Code.UNAUTHENTICATED
        && TestCalls.reason(refusal).equals("UNAUTHENTICATED");
  }
}
