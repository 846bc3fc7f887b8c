package io.liangjiang.identity;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;

/** A network between a phone and the service that is cut after so many bytes of either side. */
public final class CuttingWire implements AutoCloseable {
  private static final int BUFFER_BYTES = 4_096;
  private static final long NEVER = Long.MAX_VALUE;

  /** After how many bytes of the request or of the answer the connection is cut. */
  public record Cut(long requestBytes, long answerBytes) {
    /** All goes well. */
    public static final Cut NONE = new Cut(NEVER, NEVER);

    public static Cut ofRequest(long bytes) {
      return new Cut(bytes, NEVER);
    }

    public static Cut ofAnswer(long bytes) {
      return new Cut(NEVER, bytes);
    }

    public boolean ofAnswer() {
      return answerBytes != NEVER;
    }
  }

  private final int target;

  /** To the service on that port of this machine. */
  public CuttingWire(int target) {
    this.target = target;
  }

  /** A port for one connection, which will be cut so. */
  public int port(Cut cut) {
    try {
      var listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      Thread.ofVirtual().start(() -> serve(listener, cut));
      return listener.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // each connection ends by itself
  }

  private void serve(ServerSocket listener, Cut cut) {
    try (listener;
        Socket phone = listener.accept();
        Socket service = new Socket(InetAddress.getLoopbackAddress(), target)) {
      phone.setSoLinger(true, 0);
      service.setSoLinger(true, 0);
      Thread up = Thread.ofVirtual().start(() -> copy(phone, service, cut.requestBytes()));
      copy(service, phone, cut.answerBytes());
      up.join();
    } catch (IOException e) {
      // cut, as it was meant to be
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Copies until so many bytes have passed or one side is gone, and then cuts both. */
  private static void copy(Socket from, Socket to, long limit) {
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] buffer = new byte[BUFFER_BYTES];
      long left = limit;
      while (left > 0) {
        int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
        if (read < 0) {
          break;
        }
        out.write(buffer, 0, read);
        left -= read;
      }
    } catch (IOException e) {
      // the other side was cut
    } finally {
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
}
