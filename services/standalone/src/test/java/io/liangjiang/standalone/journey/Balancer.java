package io.liangjiang.standalone.journey;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What a Service of Kubernetes is to who calls it: one address, and a new connection goes to one of
 * the pods that are ready now. Connections that stand stay with their pod until one side ends them.
 */
final class Balancer implements Closeable {
  private static final int BACKLOG = 100;

  private final ServerSocket door;
  private final AtomicInteger turn = new AtomicInteger();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private volatile int port;
  private volatile List<String> addresses = List.of("127.0.0.1");

  /** Open at once; {@link #leadTo} says where to. */
  Balancer() {
    try {
      door = new ServerSocket(0, BACKLOG, InetAddress.getLoopbackAddress());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.execute(this::open);
  }

  URI url() {
    return URI.create("http://localhost:" + door.getLocalPort());
  }

  /** Before processes that listen on this port of their addresses. */
  void leadTo(int other) {
    port = other;
  }

  /** Who takes new connections from now on. */
  void spreadOver(List<String> ready) {
    addresses = List.copyOf(ready);
  }

  private void open() {
    while (!door.isClosed()) {
      try {
        Socket phone = door.accept();
        threads.execute(() -> connect(phone));
      } catch (IOException e) {
        return;
      }
    }
  }

  private void connect(Socket phone) {
    List<String> ready = addresses;
    String address = ready.get(Math.floorMod(turn.getAndIncrement(), ready.size()));
    try (phone;
        Socket pod = new Socket()) {
      pod.connect(new InetSocketAddress(address, port));
      var answers = threads.submit(() -> pass(pod, phone));
      pass(phone, pod);
      answers.get();
    } catch (Exception e) {
      // One side has gone; the other finds its connection closed.
    }
  }

  /** Until the sender ends; then the receiver hears that there is no more. */
  private static void pass(Socket from, Socket to) {
    try {
      from.getInputStream().transferTo(to.getOutputStream());
      to.shutdownOutput();
    } catch (IOException e) {
      close(from);
      close(to);
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      door.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    threads.shutdownNow();
  }
}
