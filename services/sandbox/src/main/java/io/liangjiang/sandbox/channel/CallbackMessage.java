package io.liangjiang.sandbox.channel;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.liangjiang.sandbox.channel.Callbacks.Pending;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Writes a call-back as it goes over the wire: encrypted, then signed. */
final class CallbackMessage {
  static final Duration TIMEOUT = Duration.ofSeconds(5);
  private static final int RESOURCE_NONCE_LENGTH = 12;
  private static final int SIGNATURE_NONCE_LENGTH = 32;

  private CallbackMessage() {}

  static HttpRequest of(Pending callback, ChannelKeys keys, Instant now, ObjectMapper json) {
    String body = body(callback, keys, json);
    String timestamp = Long.toString(now.getEpochSecond());
    String nonce = keys.nonce(SIGNATURE_NONCE_LENGTH);
    return HttpRequest.newBuilder(URI.create(callback.url()))
        .timeout(TIMEOUT)
        .header("Content-Type", "application/json")
        .header("Wechatpay-Serial", callback.platformSerial())
        .header("Wechatpay-Timestamp", timestamp)
        .header("Wechatpay-Nonce", nonce)
        .header("Wechatpay-Signature", keys.sign(SignedText.of(timestamp, nonce, body)))
        .header("Wechatpay-Signature-Type", "WECHATPAY2-SHA256-RSA2048")
        .POST(BodyPublishers.ofString(body))
        .build();
  }

  private static String body(Pending callback, ChannelKeys keys, ObjectMapper json) {
    String nonce = keys.nonce(RESOURCE_NONCE_LENGTH);
    Map<String, Object> resource = new LinkedHashMap<>();
    resource.put("original_type", callback.originalType());
    resource.put("algorithm", "AEAD_AES_256_GCM");
    resource.put("ciphertext", keys.encrypt(callback.plaintext(), nonce, callback.originalType()));
    resource.put("associated_data", callback.originalType());
    resource.put("nonce", nonce);
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("id", callback.id());
    body.put("create_time", ChannelTime.format(callback.createdAt()));
    body.put("resource_type", "encrypt-resource");
    body.put("event_type", callback.eventType());
    body.put("summary", callback.summary());
    body.put("resource", resource);
    try {
      return json.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A call-back could not be written as JSON", e);
    }
  }
}
