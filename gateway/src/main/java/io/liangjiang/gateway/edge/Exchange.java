package io.liangjiang.gateway.edge;

import io.liangjiang.gateway.problem.Problem;
import io.liangjiang.gateway.problem.ProblemWriter;
import io.liangjiang.gateway.problem.Problems;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/** One request and its one answer. */
final class Exchange {
  /** Header with the request's id, which is also a problem's instance. */
  static final String REQUEST_ID = "x-request-id";

  private static final String JSON = "application/json";
  private static final String CHALLENGE = "Bearer realm=\"liangjiang\"";
  private static final int UNAUTHENTICATED = 401;

  private final RoutingContext http;
  private final String id;
  private final boolean brought;

  Exchange(RoutingContext http, String id, SecurityHeaders security) {
    this.http = http;
    this.id = id;
    this.brought = http.request().getHeader("authorization") != null;
    var headers = http.response().headers();
    security.addTo(headers);
    headers.set(REQUEST_ID, id);
  }

  /** The request's id, a UUID. */
  String id() {
    return id;
  }

  HttpServerRequest request() {
    return http.request();
  }

  /** Runs when the answer is out or the client is gone. */
  void whenOver(Runnable step) {
    http.addEndHandler(ended -> step.run());
  }

  /** Runs when the client went before it had its answer. */
  void whenGone(Runnable step) {
    http.addEndHandler(
        ended -> {
          if (ended.failed()) {
            step.run();
          }
        });
  }

  /** Runs a step of the request; what it throws is the answer. */
  void guard(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException failure) {
      fail(failure);
    }
  }

  /** Answers with JSON. */
  void answer(byte[] json) {
    answer(json, JSON);
  }

  /** Answers with a document of the media type. */
  void answer(byte[] body, String mediaType) {
    if (isOpen()) {
      http.response().putHeader("content-type", mediaType);
      end(body);
    }
  }

  /** Answers with a file. */
  void answer(FileAnswer file) {
    header("content-disposition", file.disposition());
    answer(file.content(), file.mediaType());
  }

  /** Answers with what another server said, under the headers that were added. */
  void pass(int status, byte[] body) {
    if (isOpen()) {
      http.response().setStatusCode(status);
      end(body);
    }
  }

  /** Answers with the problem of a failure. */
  void fail(Throwable failure) {
    Problem problem = Problems.of(failure, id);
    if (!isOpen()) {
      return;
    }
    HttpServerResponse response = http.response();
    response.setStatusCode(problem.status()).putHeader("content-type", Problem.MEDIA_TYPE);
    if (problem.retryAfterSeconds() > 0) {
      response.putHeader("retry-after", Long.toString(problem.retryAfterSeconds()));
    }
    if (problem.status() == UNAUTHENTICATED) {
      response.putHeader(
          "www-authenticate", brought ? CHALLENGE + ", error=\"invalid_token\"" : CHALLENGE);
    }
    end(ProblemWriter.write(problem, id));
  }

  /** Adds a header to the answer that comes. */
  void header(String name, String value) {
    http.response().putHeader(name, value);
  }

  /** Adds a header that may be there several times. */
  void header(String name, List<String> values) {
    http.response().putHeader(name, values);
  }

  int status() {
    return http.response().getStatusCode();
  }

  private boolean isOpen() {
    return !http.response().ended() && !http.response().closed();
  }

  private void end(byte[] body) {
    var unused = http.response().end(Buffer.buffer(body));
  }
}
