package io.liangjiang.images;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** A registry of one repository that takes what it is given, as far as pushing goes. */
final class FakeRegistry implements AutoCloseable {
  private static final int TLS_HANDSHAKE = 0x16;

  private final Map<String, byte[]> kept = new ConcurrentHashMap<>();
  private final Map<String, String> types = new ConcurrentHashMap<>();
  private final HttpServer server;
  private final ServerSocket door;

  FakeRegistry() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/v2/", this::answer);
    server.start();
    door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual().start(this::admit);
  }

  /** Jib tries TLS first, which a plain server answers with silence; here it is hung up on. */
  private void admit() {
    while (!door.isClosed()) {
      try {
        Socket caller = door.accept();
        Thread.ofVirtual().start(() -> serve(caller));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void serve(Socket caller) {
    try (caller) {
      int first = caller.getInputStream().read();
      if (first < 0 || first == TLS_HANDSHAKE) {
        return;
      }
      try (Socket behind = new Socket(server.getAddress().getAddress(), port())) {
        behind.getOutputStream().write(first);
        Thread answers = Thread.ofVirtual().start(() -> copy(behind, caller));
        copy(caller, behind);
        answers.join();
      }
    } catch (IOException e) {
      // The caller has gone.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void copy(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      // One of them has gone.
    }
  }

  private int port() {
    return server.getAddress().getPort();
  }

  String prefix() {
    return "localhost:" + door.getLocalPort() + "/city";
  }

  /** A manifest by digest or tag, or a blob by digest. */
  byte[] get(String reference) {
    return kept.get(reference);
  }

  /** How many manifests and blobs there are, tags counted too. */
  int size() {
    return kept.size();
  }

  private void answer(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readAllBytes();
    String path = exchange.getRequestURI().getPath();
    String last = path.substring(path.lastIndexOf('/') + 1);
    switch (exchange.getRequestMethod()) {
      case "POST", "PATCH" -> upload(exchange, body, last);
      case "PUT" -> keep(exchange, body, path.contains("/manifests/") ? last : "");
      default -> give(exchange, path.equals("/v2/") ? new byte[0] : kept.get(last), last);
    }
    exchange.close();
  }

  private void upload(HttpExchange exchange, byte[] body, String session) throws IOException {
    if (body.length > 0) {
      kept.put(digest(body), body);
    }
    exchange.getResponseHeaders().set("Location", "/v2/city/blobs/uploads/1");
    exchange.sendResponseHeaders(202, -1);
  }

  private void keep(HttpExchange exchange, byte[] body, String reference) throws IOException {
    if (!reference.isEmpty()) {
      String type = exchange.getRequestHeaders().getFirst("Content-Type");
      for (String name : new String[] {reference, digest(body)}) {
        kept.put(name, body);
        types.put(name, type);
      }
      exchange.getResponseHeaders().set("Docker-Content-Digest", digest(body));
    }
    exchange.sendResponseHeaders(201, -1);
  }

  private void give(HttpExchange exchange, byte[] content, String name) throws IOException {
    if (content == null) {
      byte[] error = "{\"errors\": [{\"code\": \"MANIFEST_UNKNOWN\"}]}".getBytes();
      boolean isHead = exchange.getRequestMethod().equals("HEAD");
      exchange.sendResponseHeaders(404, isHead ? -1 : error.length);
      if (!isHead) {
        exchange.getResponseBody().write(error);
      }
      return;
    }
    if (types.containsKey(name)) {
      exchange.getResponseHeaders().set("Content-Type", types.get(name));
      exchange.getResponseHeaders().set("Docker-Content-Digest", digest(content));
    }
    boolean isHead = exchange.getRequestMethod().equals("HEAD");
    if (isHead) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(content.length));
    }
    exchange.sendResponseHeaders(200, isHead || content.length == 0 ? -1 : content.length);
    if (!isHead) {
      exchange.getResponseBody().write(content);
    }
  }

  private static String digest(byte[] content) {
    try {
      return "sha256:"
          + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() throws IOException {
    door.close();
    server.stop(0);
  }
}
