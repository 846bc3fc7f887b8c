package io.liangjiang.platform.drain;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a phone on HTTP/1 sees of a server that leaves. */
class HttpFarewellTest {
  private static final int PATIENCE_MILLIS = 60_000;
  private static final Duration SOON = Duration.ofMillis(2);
  private static final Duration NEVER = Duration.ofDays(1);
  private static final String CLOSE = "connection: close";

  private final Vertx vertx = Vertx.vertx();
  private final BlockingQueue<RoutingContext> slow = new LinkedBlockingQueue<>();
  private final List<Phone> phones = new ArrayList<>();
  private HttpServer server;

  @AfterEach
  void end() throws Exception {
    for (Phone phone : phones) {
      phone.socket.close();
    }
    vertx.close().toCompletionStage().toCompletableFuture().get();
  }

  @Test
  void answersSayNothingBefore() throws Exception {
    serve(SOON);
    Phone phone = new Phone();

    assertThat(phone.ask("/fast")).doesNotContain(CLOSE);
    assertThat(phone.ask("/fast")).doesNotContain(CLOSE);
  }

  @Test
  void answerToWhatWasAskedBeforeSaysThatTheConnectionEnds() throws Exception {
    HttpFarewell farewell = serve(NEVER);
    Phone phone = new Phone();
    phone.send("/slow");
    RoutingContext request = slow.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);

    farewell.begin(new ShutdownDelayInitiatedEvent());
    request.response().end("late");

    assertThat(phone.answer()).contains(CLOSE);
  }

  @Test
  void connectionOnWhichNothingIsAskedEnds() throws Exception {
    HttpFarewell farewell = serve(SOON);
    Phone phone = new Phone();
    phone.ask("/fast");

    farewell.begin(new ShutdownDelayInitiatedEvent());

    assertThat(phone.in.readLine()).isNull();
  }

  @Test
  void connectionOnWhichIsAskedEndsAfterTheAnswer() throws Exception {
    HttpFarewell farewell = serve(SOON);
    Phone idle = new Phone();
    idle.ask("/fast");
    Phone phone = new Phone();
    phone.send("/slow");
    RoutingContext request = slow.poll(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);

    farewell.begin(new ShutdownDelayInitiatedEvent());
    assertThat(idle.in.readLine()).isNull();
    request.response().end("late");

    assertThat(phone.answer()).contains("HTTP/1.1 200 OK", CLOSE);
    assertThat(phone.in.readLine()).isNull();
  }

  private HttpFarewell serve(Duration delay) throws Exception {
    HttpFarewell farewell = new HttpFarewell(vertx, delay);
    Filters filters = new Filters();
    farewell.register(filters);
    Router router = Router.router(vertx);
    filters.getFilters().forEach(filter -> router.route().handler(filter.getHandler()));
    router.get("/fast").handler(http -> http.response().end("fast"));
    router.get("/slow").handler(slow::add);
    server =
        vertx
            .createHttpServer()
            .requestHandler(router)
            .listen(0)
            .toCompletionStage()
            .toCompletableFuture()
            .get();
    return farewell;
  }

  private final class Phone {
    private final Socket socket = new Socket("localhost", server.actualPort());
    private final BufferedReader in;

    Phone() throws IOException {
      phones.add(this);
      socket.setSoTimeout(PATIENCE_MILLIS);
      in =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.US_ASCII));
    }

    void send(String path) throws IOException {
      String request = "GET " + path + " HTTP/1.1\r\nHost: city\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
    }

    List<String> ask(String path) throws IOException {
      send(path);
      return answer();
    }

    /** The status line and the headers; the body of four characters is passed over. */
    List<String> answer() throws IOException {
      List<String> head = new ArrayList<>();
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line);
      }
      assertThat(in.skip(4)).isEqualTo(4);
      return head;
    }
  }
}
