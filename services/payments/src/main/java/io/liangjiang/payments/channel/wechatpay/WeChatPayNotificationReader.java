package io.liangjiang.payments.channel.wechatpay;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.wechat.pay.java.core.exception.WechatPayException;
import com.wechat.pay.java.core.notification.RequestParam;
import io.liangjiang.payments.channel.NotificationReader;
import io.liangjiang.payments.v1.Channel;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Checks and opens the call-backs of one merchant account. */
final class WeChatPayNotificationReader implements NotificationReader {
  private static final Duration TOLERANCE = Duration.ofMinutes(5);
  private static final int MAX_ID_LENGTH = 64;
  private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

  private final MerchantAccount account;
  private final WeChatPaySdk sdk;
  private final InstantSource clock;
  private final Gson gson = new Gson();

  WeChatPayNotificationReader(MerchantAccount account, WeChatPaySdk sdk, InstantSource clock) {
    this.account = account;
    this.sdk = sdk;
    this.clock = clock;
  }

  @Override
  public Channel channel() {
    return account.channel();
  }

  @Override
  public Notification read(UnaryOperator<String> headers, String body) {
    requireRecent(headers.apply("Wechatpay-Timestamp"));
    JsonObject content = open(headers, body);
    if (!account.merchantId().equals(text(content, "mchid"))) {
      throw new UntrustedNotification("it is for another merchant");
    }
    JsonObject envelope = parse(body);
    String eventType = text(envelope, "event_type");
    Kind kind = kind(eventType);
    String id = text(envelope, "id");
    String subject = subject(kind, content);
    if (id.isEmpty() || id.length() > MAX_ID_LENGTH || (kind != Kind.OTHER && subject.isEmpty())) {
      throw new UntrustedNotification("it has no id or no number");
    }
    return new Notification(id, kind, eventType, subject, gson.toJson(content));
  }

  private void requireRecent(@Nullable String timestamp) {
    if (timestamp == null || !SECONDS.matcher(timestamp).matches()) {
      throw new UntrustedNotification("it has no time stamp");
    }
    Instant time = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(time, clock.instant()).abs().compareTo(TOLERANCE) > 0) {
      throw new UntrustedNotification("its time stamp is more than 5 minutes off");
    }
  }

  private JsonObject open(UnaryOperator<String> headers, String body) {
    RequestParam message =
        new RequestParam.Builder()
            .serialNumber(headers.apply("Wechatpay-Serial"))
            .nonce(headers.apply("Wechatpay-Nonce"))
            .timestamp(headers.apply("Wechatpay-Timestamp"))
            .signature(headers.apply("Wechatpay-Signature"))
            .signType(headers.apply("Wechatpay-Signature-Type"))
            .body(body)
            .build();
    try {
      JsonObject content = sdk.notifications().parse(message, JsonObject.class);
      if (content == null) {
        throw new UntrustedNotification("it is empty");
      }
      return content;
    } catch (WechatPayException | IllegalArgumentException | JsonParseException e) {
      throw new UntrustedNotification(
          "its signature or its seal does not hold: " + e.getClass().getSimpleName());
    }
  }

  private JsonObject parse(String body) {
    return gson.fromJson(body, JsonObject.class);
  }

  private static Kind kind(String eventType) {
    if (eventType.startsWith("TRANSACTION.")) {
      return Kind.TRANSACTION;
    }
    return eventType.startsWith("REFUND.") ? Kind.REFUND : Kind.OTHER;
  }

  private static String subject(Kind kind, JsonObject content) {
    return switch (kind) {
      case TRANSACTION -> text(content, "out_trade_no");
      case REFUND -> text(content, "out_refund_no");
      case OTHER -> "";
    };
  }

  private static String text(JsonObject json, String field) {
    JsonElement value = json.get(field);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
