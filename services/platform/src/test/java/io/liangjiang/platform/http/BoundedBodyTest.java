package io.liangjiang.platform.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerResponse;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class BoundedBodyTest {
  private static final int LIMIT = 100_000;
  private static final int PATIENCE_SECONDS = 30;

  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void end() {
    await(vertx.close());
  }

  @Test
  void readsWhatIsAsLongAsTheLimit() {
    Buffer sent = Buffer.buffer(new byte[LIMIT]);

    assertThat(await(read(response -> response.end(sent)))).isEqualTo(sent);
  }

  @Test
  void refusesOneByteMore() {
    Buffer sent = Buffer.buffer(new byte[LIMIT + 1]);

    Future<Buffer> body = read(response -> response.end(sent));

    assertThatThrownBy(() -> await(body))
        .hasRootCauseMessage("the answer is longer than 100000 bytes");
  }

  @Test
  void endsWithoutWaitingForABodyThatNeverDoes() {
    Future<Buffer> body =
        read(response -> response.setChunked(true).write(Buffer.buffer(new byte[2 * LIMIT])));

    assertThatThrownBy(() -> await(body))
        .hasRootCauseMessage("the answer is longer than 100000 bytes");
  }

  @Test
  void failsWhenTheConnectionIsCutWithinTheBody() {
    Future<Buffer> body =
        read(
            response -> {
              response.putHeader("Content-Length", "10").write("short");
              response.endHandler(ended -> {});
              vertx.setTimer(10, due -> response.reset());
            });

    assertThatThrownBy(() -> await(body)).rootCause().hasMessageContaining("closed");
  }

  private Future<Buffer> read(Consumer<HttpServerResponse> answer) {
    HttpServer server =
        await(
            vertx
                .createHttpServer()
                .requestHandler(request -> answer.accept(request.response()))
                .listen(0, "localhost"));
    return vertx
        .createHttpClient()
        .request(HttpMethod.GET, server.actualPort(), "localhost", "/")
        .compose(HttpClientRequest::send)
        .compose(response -> BoundedBody.of(response, LIMIT));
  }

  private static <T> T await(Future<T> future) {
    return future
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
