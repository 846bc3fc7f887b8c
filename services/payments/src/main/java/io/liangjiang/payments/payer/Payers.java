package io.liangjiang.payments.payer;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.GetSuperAppIdentityRequest;
import io.liangjiang.identity.v1.SuperAppIdentity;
import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.PaymentChannels;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.ServiceException;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Asks identity how a channel's super-app knows whoever pays. */
@ApplicationScoped
public class Payers {
  private static final Duration RETRY_DELAY = Duration.ofSeconds(1);

  private final PaymentChannels channels;
  private final CitizenService citizens;

  Payers(PaymentChannels channels, @GrpcClient("identity") CitizenService citizens) {
    this.channels = channels;
    this.citizens = citizens;
  }

  /**
   * Whoever calls, as the payer through a channel; never call it inside a transaction. Errors:
   * PAYER_NOT_LINKED, IDENTITY_UNAVAILABLE.
   */
  public Uni<Payer> of(Caller caller, Channel channel) {
    return channels
        .payerApp(channel)
        .map(app -> openId(caller, app))
        .orElseGet(() -> Uni.createFrom().item(""))
        .map(openId -> Payer.of(caller, openId));
  }

  private Uni<String> openId(Caller caller, String appId) {
    return citizens
        .getSuperAppIdentity(
            GetSuperAppIdentityRequest.newBuilder()
                .setCitizenId(caller.actor())
                .setAppId(appId)
                .setSessionId(caller.sessionId())
                .build())
        .map(SuperAppIdentity::getOpenId)
        .onFailure(StatusRuntimeException.class)
        .transform(failure -> refusal((StatusRuntimeException) failure));
  }

  private static ServiceException refusal(StatusRuntimeException failure) {
    var refusal =
        failure.getStatus().getCode() == Code.FAILED_PRECONDITION
            ? new ServiceException(
                PaymentsReason.PAYER_NOT_LINKED,
                "sign in once from the channel's mini-program, or pay another way")
            : new ServiceException(
                    PaymentsReason.IDENTITY_UNAVAILABLE, "identity could not be asked")
                .retryAfter(RETRY_DELAY);
    refusal.addSuppressed(failure);
    return refusal;
  }
}
