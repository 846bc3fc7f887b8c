package io.liangjiang.sandbox.channel;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import com.wechat.pay.java.core.notification.RequestParam;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Takes call-backs, refuses as many as it is told to first. */
final class CallbackReceiver implements AutoCloseable {
  private static final int AWAIT_SECONDS = 30;

  private final BlockingQueue<RequestParam> received = new LinkedBlockingQueue<>();
  private final AtomicInteger refusals = new AtomicInteger();
  private final HttpServer server;

  CallbackReceiver() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String body =
              new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
          boolean refused = refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0;
          received.add(parameters(exchange.getRequestHeaders(), body));
          exchange.sendResponseHeaders(refused ? 500 : 204, -1);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "http://localhost:" + server.getAddress().getPort() + "/callbacks";
  }

  void refuse(int times) {
    refusals.set(times);
  }

  /** The next call-back; fails when none comes. */
  RequestParam next() {
    try {
      RequestParam next = received.poll(AWAIT_SECONDS, TimeUnit.SECONDS);
      if (next == null) {
        throw new AssertionError("no call-back came");
      }
      return next;
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  int waiting() {
    return received.size();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static RequestParam parameters(Headers headers, String body) {
    return new RequestParam.Builder()
        .serialNumber(headers.getFirst("Wechatpay-Serial"))
        .nonce(headers.getFirst("Wechatpay-Nonce"))
        .timestamp(headers.getFirst("Wechatpay-Timestamp"))
        .signature(headers.getFirst("Wechatpay-Signature"))
        .signType("WECHATPAY2-SHA256-RSA2048")
        .body(body)
        .build();
  }
}
