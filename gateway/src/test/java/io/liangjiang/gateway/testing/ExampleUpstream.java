package io.liangjiang.gateway.testing;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.HandlerRegistry;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerBuilder;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerMethodDefinition;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.liangjiang.identity.v1.ServiceToken;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Every service of the city at once: gives each call the answer that is set, and keeps the call.
 */
public final class ExampleUpstream {
  /** One call that came, with the authorization header that it carried, null for none. */
  public record Call(String rpc, ByteString request, String authorization) {}

  private static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
  private static final Context.Key<String> RECEIVED = Context.key("received-authorization");

  /** The gateway's own token, which nothing that it passes on may carry. */
  private static final ServiceToken OWN_TOKEN =
      ServiceToken.newBuilder().setAccessToken("gateway-own").setExpiresInSeconds(600).build();

  private final AtomicReference<Object> answer = new AtomicReference<>();
  private final AtomicReference<Call> last = new AtomicReference<>();
  private final Server server;

  ExampleUpstream() {
    try {
      server =
          ServerBuilder.forPort(0)
              .fallbackHandlerRegistry(new Everything())
              .intercept(new Receiving())
              .build()
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  int port() {
    return server.getPort();
  }

  void end() {
    server.shutdownNow();
  }

  /** The next calls are answered so. */
  public void answerWith(Message message) {
    last.set(null);
    answer.set(message.toByteArray());
  }

  /** The next calls are refused so. */
  public void refuseWith(StatusRuntimeException refusal) {
    last.set(null);
    answer.set(refusal);
  }

  /** The call that came since the answer was set; null for none. */
  public Call call() {
    return last.get();
  }

  private void serve(String rpc, byte[] request, StreamObserver<byte[]> to) {
    if (rpc.endsWith("/IssueServiceToken")) {
      to.onNext(OWN_TOKEN.toByteArray());
      to.onCompleted();
      return;
    }
    last.set(new Call(rpc, ByteString.copyFrom(request), RECEIVED.get()));
    if (answer.get() instanceof byte[] message) {
      to.onNext(message);
      to.onCompleted();
    } else {
      to.onError((StatusRuntimeException) answer.get());
    }
  }

  private static final class Receiving implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      var context = Context.current().withValue(RECEIVED, headers.get(AUTHORIZATION));
      return Contexts.interceptCall(context, call, headers, next);
    }
  }

  private final class Everything extends HandlerRegistry {
    @Override
    public ServerMethodDefinition<?, ?> lookupMethod(String rpc, String authority) {
      var method =
          MethodDescriptor.<byte[], byte[]>newBuilder()
              .setFullMethodName(rpc)
              .setType(MethodDescriptor.MethodType.UNARY)
              .setRequestMarshaller(new Bytes())
              .setResponseMarshaller(new Bytes())
              .build();
      if (rpc.endsWith("/Subscribe")) {
        return ServerMethodDefinition.create(
            method, ServerCalls.asyncServerStreamingCall((request, to) -> {}));
      }
      return ServerMethodDefinition.create(
          method, ServerCalls.asyncUnaryCall((request, to) -> serve(rpc, request, to)));
    }
  }

  private static final class Bytes implements MethodDescriptor.Marshaller<byte[]> {
    @Override
    public InputStream stream(byte[] value) {
      return new ByteArrayInputStream(value);
    }

    @Override
    public byte[] parse(InputStream stream) {
      try {
        return stream.readAllBytes();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
