package io.liangjiang.platform.http;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;

/** The body of an answer, unless it is longer than anybody should send. */
public final class BoundedBody {
  private BoundedBody() {}

  /**
   * Reads a body. Fails when the connection does and on more than the limit; then nothing more is
   * taken from the peer. To be called where the answer arrives, before any other part of it.
   *
   * @param maxBytes at least 1
   */
  public static Future<Buffer> of(HttpClientResponse response, int maxBytes) {
    Promise<Buffer> whole = Promise.promise();
    Buffer all = Buffer.buffer();
    response.exceptionHandler(whole::tryFail);
    response.endHandler(ended -> whole.tryComplete(all));
    response.handler(
        part -> {
          if (all.length() + part.length() <= maxBytes) {
            all.appendBuffer(part);
          } else if (whole.tryFail("the answer is longer than " + maxBytes + " bytes")) {
            var unused = response.request().reset();
          }
        });
    return whole.future();
  }
}
