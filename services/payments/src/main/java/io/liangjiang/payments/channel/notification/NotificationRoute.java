package io.liangjiang.payments.channel.notification;

import io.liangjiang.payments.channel.NotificationReader;
import io.liangjiang.payments.channel.NotificationReader.Notification;
import io.liangjiang.payments.channel.NotificationReader.UntrustedNotification;
import io.liangjiang.payments.channel.PaymentChannels;
import io.liangjiang.payments.v1.Channel;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * {@code POST /channels/{channel}/notifications}. Answers 204 once the call-back is safe, 401 when
 * it is not the channel's, 404 for a channel that the city does not have, 500 when it could not be
 * kept: then the channel sends it again.
 */
@ApplicationScoped
class NotificationRoute {
  private static final Logger LOG = Logger.getLogger(NotificationRoute.class);
  private static final long MAX_BODY_BYTES = 64 * 1024;

  private final PaymentChannels channels;
  private final Inbox inbox;

  NotificationRoute(PaymentChannels channels, Inbox inbox) {
    this.channels = channels;
    this.inbox = inbox;
  }

  void add(@Observes Router router) {
    router
        .post("/channels/:channel/notifications")
        .handler(BodyHandler.create(false).setBodyLimit(MAX_BODY_BYTES))
        .handler(this::receive);
  }

  private void receive(RoutingContext context) {
    Optional<NotificationReader> reader =
        channel(context.pathParam("channel")).flatMap(channels::reader);
    if (reader.isEmpty()) {
      refuse(context, 404, "no such channel");
      return;
    }
    try {
      String body = context.body().buffer().toString(StandardCharsets.UTF_8);
      keep(context, reader.get().channel(), reader.get().read(context.request()::getHeader, body));
    } catch (UntrustedNotification e) {
      LOG.warnf("Call-back of %s refused: %s", reader.get().channel(), e.getMessage());
      refuse(context, 401, "not trusted");
    }
  }

  private void keep(RoutingContext context, Channel channel, Notification notification) {
    inbox
        .keep(channel, notification)
        .subscribe()
        .with(
            done -> end(context, 204),
            failure -> {
              LOG.errorf(failure, "Call-back %s could not be kept", notification.id());
              refuse(context, 500, "not kept; send it again");
            });
  }

  private static Optional<Channel> channel(String name) {
    return Arrays.stream(Channel.values()).filter(value -> value.name().equals(name)).findFirst();
  }

  private static void refuse(RoutingContext context, int status, String message) {
    if (!context.response().ended()) {
      context.response().setStatusCode(status).putHeader("Content-Type", "application/json");
      context.end(new JsonObject().put("code", "FAIL").put("message", message).encode());
    }
  }

  private static void end(RoutingContext context, int status) {
    if (!context.response().ended()) {
      context.response().setStatusCode(status);
      context.end();
    }
  }
}
