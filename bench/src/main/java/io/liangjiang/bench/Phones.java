package io.liangjiang.bench;

import com.google.common.util.concurrent.ListenableFuture;
import com.google.common.util.concurrent.SettableFuture;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import org.jspecify.annotations.Nullable;

/** Phones that speak to the gateway: JSON over HTTP/1.1, connections kept. */
final class Phones implements AutoCloseable {
  private static final int OK = 200;

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client;

  Phones(int port, int connections) {
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setDefaultHost("localhost").setDefaultPort(port),
            new PoolOptions().setHttp1MaxSize(connections));
  }

  /**
   * Reads something; fails unless the answer is 200.
   *
   * @param token access token; null to be nobody
   */
  ListenableFuture<Integer> get(String path, @Nullable String token) {
    return call(HttpMethod.GET, path, token, null);
  }

  /** Does something; fails unless the answer is 200. */
  ListenableFuture<Integer> post(String path, String token, Buffer json) {
    return call(HttpMethod.POST, path, token, json);
  }

  private ListenableFuture<Integer> call(
      HttpMethod method, String path, @Nullable String token, @Nullable Buffer json) {
    SettableFuture<Integer> done = SettableFuture.create();
    client
        .request(method, path)
        .compose(request -> send(request, token, json))
        .compose(
            response ->
                response.body().onSuccess(body -> finish(done, response.statusCode(), body)))
        .onFailure(done::setException);
    return done;
  }

  private static Future<HttpClientResponse> send(
      HttpClientRequest request, @Nullable String token, @Nullable Buffer json) {
    if (token != null) {
      request.putHeader("authorization", "Bearer " + token);
    }
    return json == null
        ? request.send()
        : request.putHeader("content-type", "application/json").send(json);
  }

  private static void finish(SettableFuture<Integer> done, int status, Buffer body) {
    if (status == OK) {
      done.set(status);
    } else {
      done.setException(new IllegalStateException("status " + status + ": " + body));
    }
  }

  @Override
  public void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }
}
