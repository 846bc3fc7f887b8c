package io.liangjiang.gateway.testing;

import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerCredentials;
import io.grpc.ServerInterceptor;
import io.grpc.ServerInterceptors;
import io.grpc.TlsServerCredentials;
import io.grpc.stub.StreamObserver;
import io.liangjiang.gateway.testing.echo.EchoRequest;
import io.liangjiang.gateway.testing.echo.EchoServiceGrpc;
import io.liangjiang.gateway.testing.echo.GetEchoRequest;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * The service behind the gateway: it echoes, unless a test told it what to do with the next call.
 */
@Singleton
public class ScriptedUpstream {
  /** What to do with one call. */
  public interface Script {
    void answer(StreamObserver<?> to);
  }

  private final int port;
  private final Queue<Script> scripts = new ConcurrentLinkedQueue<>();
  private final BlockingQueue<Metadata> headers = new LinkedBlockingQueue<>();
  private Server server;

  private final Optional<Path> tls;

  ScriptedUpstream(
      @ConfigProperty(name = "gateway.test.upstream-port") int port,
      @ConfigProperty(name = "gateway.test.upstream-tls") Optional<Path> tls) {
    this.port = port;
    this.tls = tls;
  }

  void start(@Observes StartupEvent event) throws IOException {
    server =
        Grpc.newServerBuilderForPort(port, credentials())
            .addService(ServerInterceptors.intercept(new Echo(), new HeaderRecorder()))
            .build()
            .start();
  }

  private ServerCredentials credentials() throws IOException {
    if (tls.isEmpty()) {
      return InsecureServerCredentials.create();
    }
    File certificate = tls.get().resolve("tls.crt").toFile();
    return TlsServerCredentials.newBuilder()
        .keyManager(certificate, tls.get().resolve("tls.key").toFile())
        .trustManager(certificate)
        .clientAuth(TlsServerCredentials.ClientAuth.REQUIRE)
        .build();
  }

  void stop(@Observes ShutdownEvent event) {
    server.shutdownNow();
  }

  /** Ends the service, connections and all. */
  public void goAway() throws InterruptedException {
    server.shutdownNow().awaitTermination();
  }

  /** Starts the service again. */
  public void comeBack() throws IOException {
    start(new StartupEvent());
  }

  /** Forgets scripts and calls. */
  public void reset() {
    scripts.clear();
    headers.clear();
  }

  /** Says what to do with the next call that has no script yet. */
  public void next(Script script) {
    scripts.add(script);
  }

  /** The headers of all calls so far, oldest first. */
  public BlockingQueue<Metadata> calls() {
    return headers;
  }

  private final class HeaderRecorder implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata received, ServerCallHandler<Q, A> next) {
      headers.add(received);
      return next.startCall(call, received);
    }
  }

  private final class Echo extends EchoServiceGrpc.EchoServiceImplBase {
    @Override
    public void echo(EchoRequest request, StreamObserver<EchoRequest> to) {
      answer(request, to);
    }

    @Override
    public void getEcho(GetEchoRequest request, StreamObserver<GetEchoRequest> to) {
      answer(request, to);
    }

    @Override
    public void getMine(GetEchoRequest request, StreamObserver<GetEchoRequest> to) {
      answer(request, to);
    }

    private <M> void answer(M request, StreamObserver<M> to) {
      Script script = scripts.poll();
      if (script != null) {
        script.answer(to);
      } else {
        to.onNext(request);
        to.onCompleted();
      }
    }
  }
}
