package io.liangjiang.bench;

import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.MessageLite;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import io.netty.util.AsciiString;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP/2 connection (RFC 9113) with unary gRPC calls of one method and one caller. It does what
 * such calls need and no more: the load generator sits on the cores of what it measures, so what it
 * burns is missing there. Headers are made once, since all calls have the same; many requests go in
 * one write. Requests and answers are small: each fits into a frame and into the window of its
 * stream; the window of the connection is kept.
 *
 * <p>One thread sends; another, its own, reads.
 */
final class WireConnection implements AutoCloseable {
  /** Hears of answers, on the reading thread. */
  interface Listener {
    /** The call of that number, counted from zero, was answered with status OK. */
    void answered(int call);

    /** All that had come was read; more will come. */
    void caughtUp();

    /** A call was refused, or the connection broke: nothing more comes. */
    void failed(Exception failure);
  }

  private static final int FRAME_HEADER = 9;
  private static final int GRPC_PREFIX = 5;
  private static final int STREAM_MASK = 0x7fff_ffff;
  private static final int BUFFER = 1 << 18;
  private static final int WINDOW = 1 << 30;
  private static final int FIRST_WINDOW = 65_535;
  private static final long PATIENCE_NANOS = 50_000;

  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int RST_STREAM = 3;
  private static final int SETTINGS = 4;
  private static final int PING = 6;
  private static final int GOAWAY = 7;
  private static final int WINDOW_UPDATE = 8;
  private static final int END_STREAM = 1;
  private static final int ACK = 1;
  private static final int END_HEADERS = 4;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
  private static final AsciiString GRPC_STATUS = AsciiString.of("grpc-status");
  private static final AsciiString OK = AsciiString.of("0");

  private final SocketChannel socket;
  private final Listener listener;
  private final ByteBuffer out = ByteBuffer.allocateDirect(BUFFER);
  private final AtomicLong window = new AtomicLong(FIRST_WINDOW);
  private final DefaultHttp2HeadersDecoder decoder = new DefaultHttp2HeadersDecoder();
  private final byte[] firstHeaders;
  private final byte[] laterHeaders;
  private final Thread reader;
  private int calls;
  private long received;
  private volatile boolean closed;

  WireConnection(int port, String method, String token, Listener listener) {
    this.listener = listener;
    try {
      // The first time each header is spelt out and remembered, afterwards it is a number.
      var encoder = new DefaultHttp2HeadersEncoder(Http2HeadersEncoder.NEVER_SENSITIVE, false);
      Http2Headers headers = headers(port, method, token);
      this.firstHeaders = encode(encoder, headers);
      this.laterHeaders = encode(encoder, headers);
      this.socket = SocketChannel.open(new InetSocketAddress("localhost", port));
      socket.setOption(StandardSocketOptions.TCP_NODELAY, true);
      greet();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (Http2Exception e) {
      throw new IllegalStateException(e);
    }
    this.reader = Thread.ofPlatform().daemon().name("wire-reader").start(this::read);
  }

  private static Http2Headers headers(int port, String method, String token) {
    return new DefaultHttp2Headers()
        .method("POST")
        .scheme("http")
        .path("/" + method)
        .authority("localhost:" + port)
        .add("content-type", "application/grpc")
        .add("te", "trailers")
        .add("user-agent", "liangjiang-bench")
        .add("authorization", "Bearer " + token);
  }

  private static byte[] encode(DefaultHttp2HeadersEncoder encoder, Http2Headers headers)
      throws Http2Exception {
    ByteBuf bytes = Unpooled.buffer();
    encoder.encodeHeaders(1, headers, bytes);
    byte[] encoded = new byte[bytes.readableBytes()];
    bytes.readBytes(encoded);
    return encoded;
  }

  private void greet() {
    out.put(PREFACE);
    frame(out, 0, SETTINGS, 0, 0);
    frame(out, Integer.BYTES, WINDOW_UPDATE, 0, 0);
    out.putInt(WINDOW - FIRST_WINDOW);
    flush();
  }

  /** Adds a call to what {@link #flush} will write; writes by itself when the buffer is full. */
  void send(MessageLite request) {
    int size = request.getSerializedSize();
    byte[] headers = calls == 0 ? firstHeaders : laterHeaders;
    int all = 2 * FRAME_HEADER + headers.length + GRPC_PREFIX + size;
    if (out.remaining() < all) {
      flush();
    }
    awaitWindow(GRPC_PREFIX + size);
    int stream = 2 * calls + 1;
    frame(out, headers.length, HEADERS, END_HEADERS, stream);
    out.put(headers);
    frame(out, GRPC_PREFIX + size, DATA, END_STREAM, stream);
    out.put((byte) 0).putInt(size);
    try {
      CodedOutputStream coded = CodedOutputStream.newInstance(out);
      request.writeTo(coded);
      coded.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    calls++;
  }

  private void awaitWindow(int bytes) {
    while (window.get() < bytes && !closed) {
      flush();
      LockSupport.parkNanos(PATIENCE_NANOS);
    }
    window.addAndGet(-bytes);
  }

  /** Writes what was added. */
  void flush() {
    write(out.flip());
    out.clear();
  }

  private void write(ByteBuffer bytes) {
    synchronized (socket) {
      try {
        while (bytes.hasRemaining()) {
          socket.write(bytes);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static void frame(ByteBuffer to, int length, int type, int flags, int stream) {
    to.putInt((length << 8) | type).put((byte) flags).putInt(stream);
  }

  private void read() {
    ByteBuffer in = ByteBuffer.allocateDirect(BUFFER);
    try {
      while (socket.read(in) >= 0) {
        in.flip();
        while (readFrame(in)) {
          // the next one
        }
        in.compact();
        listener.caughtUp();
      }
      throw new IOException("the service has closed the connection");
    } catch (ClosedChannelException e) {
      fail(e);
    } catch (IOException | Http2Exception | RuntimeException e) {
      fail(e);
    }
  }

  private void fail(Exception failure) {
    if (!closed) {
      closed = true;
      listener.failed(failure);
    }
  }

  /** False when the next frame has not come whole. */
  private boolean readFrame(ByteBuffer in) throws Http2Exception, IOException {
    if (in.remaining() < FRAME_HEADER) {
      return false;
    }
    int start = in.position();
    int lengthAndType = in.getInt(start);
    int length = lengthAndType >>> 8;
    if (in.remaining() < FRAME_HEADER + length) {
      return false;
    }
    int flags = in.get(start + Integer.BYTES);
    int stream = in.getInt(start + Integer.BYTES + 1) & STREAM_MASK;
    int payload = start + FRAME_HEADER;
    switch (lengthAndType & 0xff) {
      case DATA -> grant(length);
      case HEADERS -> readHeaders(in.slice(payload, length), flags, stream);
      case WINDOW_UPDATE -> {
        if (stream == 0) {
          window.addAndGet(in.getInt(payload));
        }
      }
      case SETTINGS -> acknowledge(SETTINGS, flags, ByteBuffer.allocate(0));
      case PING -> acknowledge(PING, flags, in.slice(payload, length));
      case RST_STREAM -> throw new IOException("reset with error " + in.getInt(payload));
      case GOAWAY -> throw new IOException("the service asks to go");
      default -> {
        // nothing to do: a load does not care for priorities
      }
    }
    in.position(payload + length);
    return true;
  }

  private void readHeaders(ByteBuffer block, int flags, int stream)
      throws Http2Exception, IOException {
    Http2Headers headers = decoder.decodeHeaders(stream, Unpooled.wrappedBuffer(block));
    if ((flags & END_STREAM) == 0) {
      return;
    }
    @Nullable CharSequence status = headers.get(GRPC_STATUS);
    if (!OK.contentEquals(status == null ? "" : status)) {
      throw new IOException("a call was refused: " + headers);
    }
    listener.answered(stream >> 1);
  }

  /** Lets the service send on, now and then. */
  private void grant(int bytes) {
    received += bytes;
    if (received > WINDOW / 2) {
      ByteBuffer update = ByteBuffer.allocate(FRAME_HEADER + Integer.BYTES);
      frame(update, Integer.BYTES, WINDOW_UPDATE, 0, 0);
      update.putInt((int) received);
      write(update.flip());
      received = 0;
    }
  }

  private void acknowledge(int type, int flags, ByteBuffer payload) {
    if ((flags & ACK) == 0) {
      ByteBuffer answer = ByteBuffer.allocate(FRAME_HEADER + payload.remaining());
      frame(answer, payload.remaining(), type, ACK, 0);
      write(answer.put(payload).flip());
    }
  }

  @Override
  public void close() {
    closed = true;
    try {
      socket.close();
      reader.join();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
