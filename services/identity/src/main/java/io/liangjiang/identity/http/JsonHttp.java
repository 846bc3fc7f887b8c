package io.liangjiang.identity.http;

import io.liangjiang.platform.http.BoundedBody;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.vertx.UniHelper;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.core.tracing.TracingPolicy;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.http.HttpClient;
import io.vertx.mutiny.core.http.HttpClientRequest;
import io.vertx.mutiny.core.http.HttpClientResponse;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sends JSON and reads JSON, with a limit to time and to size. Addresses and bodies are never
 * logged: they hold secrets.
 */
@ApplicationScoped
public class JsonHttp {
  private static final int MAX_BODY_BYTES = 65_536;

  /** One call. */
  public record Call(
      HttpMethod method,
      String url,
      Map<String, String> headers,
      @Nullable JsonObject body,
      Duration timeout) {
    /** Asks. */
    public static Call get(String url, Duration timeout) {
      return new Call(HttpMethod.GET, url, Map.of(), null, timeout);
    }

    /** Sends. */
    public static Call post(String url, JsonObject body, Duration timeout) {
      return new Call(HttpMethod.POST, url, Map.of(), body, timeout);
    }

    /** The same call with one more header. */
    public Call header(String name, String value) {
      Map<String, String> more = new LinkedHashMap<>(headers);
      more.put(name, value);
      return new Call(method, url, Map.copyOf(more), body, timeout);
    }
  }

  private final HttpClient client;

  JsonHttp(Vertx vertx) {
    // Not traced: addresses hold secrets, and nobody outside is to get our trace ids.
    this.client =
        vertx.createHttpClient(new HttpClientOptions().setTracingPolicy(TracingPolicy.IGNORE));
  }

  @PreDestroy
  void close() {
    client.closeAndForget();
  }

  /**
   * The answer's JSON. Fails on any status but 200, on no JSON, on more than 64 KiB and when time
   * is up.
   */
  public Uni<JsonObject> send(Call call) {
    return client
        .request(new RequestOptions().setMethod(call.method()).setAbsoluteURI(call.url()))
        .chain(request -> send(call, request))
        .ifNoItem()
        .after(call.timeout())
        .fail();
  }

  private static Uni<JsonObject> send(Call call, HttpClientRequest request) {
    call.headers().forEach(request::putHeader);
    JsonObject body = call.body();
    if (body == null) {
      return request.send().chain(JsonHttp::read);
    }
    request.putHeader("Content-Type", "application/json");
    return request
        .send(io.vertx.mutiny.core.buffer.Buffer.newInstance(body.toBuffer()))
        .chain(JsonHttp::read);
  }

  private static Uni<JsonObject> read(HttpClientResponse response) {
    if (response.statusCode() != 200) {
      return Uni.createFrom()
          .failure(new IllegalStateException("HTTP status " + response.statusCode()));
    }
    return UniHelper.toUni(BoundedBody.of(response.getDelegate(), MAX_BODY_BYTES))
        .map(JsonObject::new);
  }
}
