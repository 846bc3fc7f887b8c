package io.liangjiang.payments.channel.wechatpay;

import com.wechat.pay.java.core.exception.HttpException;
import com.wechat.pay.java.core.exception.ServiceException;
import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.v1.Channel;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Runs the SDK's blocking calls: a limited number at once on virtual threads, a limited number
 * waiting, the rest refused. A call whose answer was lost is made once more with a new signature,
 * over a new connection; every call of the channel is safe to repeat.
 */
final class WeChatPayCalls implements AutoCloseable {
  private static final Logger LOG = Logger.getLogger(WeChatPayCalls.class);
  private static final int MAX_WAITING = 256;
  private static final Duration RETRY_DELAY = Duration.ofSeconds(2);

  private final Channel channel;
  private final WeChatPaySdk sdk;
  private final ThreadPoolExecutor executor;

  WeChatPayCalls(Channel channel, WeChatPaySdk sdk, int maxConcurrentCalls) {
    this.channel = channel;
    this.sdk = sdk;
    this.executor =
        new ThreadPoolExecutor(
            maxConcurrentCalls,
            maxConcurrentCalls,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(MAX_WAITING),
            Thread.ofVirtual().name(channel.name() + "-", 0).factory());
    executor.allowCoreThreadTimeOut(true);
  }

  /**
   * Makes the call and yields on the caller's own Vert.x context. What the channel definitely
   * refused comes out as {@link Refused}, everything else that goes wrong as CHANNEL_UNAVAILABLE.
   */
  <T> Uni<T> call(Supplier<T> call) {
    return Uni.createFrom()
        .item(call)
        .runSubscriptionOn(executor)
        .onFailure(HttpException.class)
        .invoke(sdk::closeIdleConnections)
        .onFailure(HttpException.class)
        .retry()
        .atMost(1)
        .onFailure()
        .transform(this::translate)
        .emitOn(callersContext());
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }

  private Throwable translate(Throwable failure) {
    if (failure instanceof ServiceException e && isRefusal(e)) {
      return new Refused(e.getHttpStatusCode(), String.valueOf(e.getErrorCode()), e);
    }
    LOG.warnf("%s did not answer as it should: %s", channel, summary(failure));
    return new io.liangjiang.platform.errors.ServiceException(
            PaymentsReason.CHANNEL_UNAVAILABLE, "The payment channel does not answer")
        .with("channel", channel.name())
        .retryAfter(RETRY_DELAY);
  }

  /** Wrong signatures and too many requests say nothing of the order itself. */
  private static boolean isRefusal(ServiceException e) {
    int status = e.getHttpStatusCode();
    return status >= 400 && status < 500 && status != 401 && status != 429;
  }

  /** The SDK's own texts carry whole messages, with names and signatures: not for the log. */
  private static String summary(Throwable failure) {
    return switch (failure) {
      case ServiceException e ->
          e.getHttpStatusCode() + " " + e.getErrorCode() + " " + e.getErrorMessage();
      case HttpException e -> "no answer, " + e.getCause();
      default -> failure.getClass().getSimpleName();
    };
  }

  private static Executor callersContext() {
    Context context = Vertx.currentContext();
    return context == null
        ? Runnable::run
        : command -> context.runOnContext(ignored -> command.run());
  }

  /** The channel understood and said no. */
  static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;

    Refused(int status, String code, Throwable cause) {
      super(status + " " + code, cause);
      this.status = status;
      this.code = code;
    }

    int status() {
      return status;
    }

    String code() {
      return code;
    }
  }
}
