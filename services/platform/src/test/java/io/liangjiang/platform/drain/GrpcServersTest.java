package io.liangjiang.platform.drain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.liangjiang.platform.v1.ListAccessRecordsResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A server whose only RPC answers when the test says so. */
final class GrpcServersTest {
  private static final Duration LONG = Duration.ofSeconds(60);
  private static final ListAccessRecordsRequest REQUEST =
      ListAccessRecordsRequest.getDefaultInstance();

  private final CompletableFuture<StreamObserver<ListAccessRecordsResponse>> arrived =
      new CompletableFuture<>();
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void serve() throws IOException {
    server = NettyServerBuilder.forPort(0).addService(new Held(arrived)).build().start();
    channel = NettyChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
  }

  @AfterEach
  void end() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void findsTheServersOfTheProcess() {
    assertThat(GrpcServers.running()).contains(server);
  }

  @Test
  void letsACallEndThatRuns() throws Exception {
    var answer = AccessRecordServiceGrpc.newFutureStub(channel).listAccessRecords(REQUEST);
    var call = arrived.get(LONG.toSeconds(), TimeUnit.SECONDS);
    var ended = CompletableFuture.supplyAsync(() -> end(LONG));
    while (!server.isShutdown()) {
      Thread.onSpinWait();
    }

    call.onNext(ListAccessRecordsResponse.getDefaultInstance());
    call.onCompleted();

    assertThat(answer.get(LONG.toSeconds(), TimeUnit.SECONDS)).isNotNull();
    assertThat(ended.get(LONG.toSeconds(), TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void endsACallThatOutlastsThePatience() throws Exception {
    var answer = AccessRecordServiceGrpc.newFutureStub(channel).listAccessRecords(REQUEST);
    var unused = arrived.get(LONG.toSeconds(), TimeUnit.SECONDS);

    assertThat(end(Duration.ofMillis(1))).isFalse();

    assertThatThrownBy(() -> answer.get(LONG.toSeconds(), TimeUnit.SECONDS))
        .hasCauseInstanceOf(StatusRuntimeException.class);
  }

  @Test
  void takesNoCallAfterwards() {
    assertThat(end(LONG)).isTrue();

    var refusal =
        catchThrowable(
            () -> AccessRecordServiceGrpc.newBlockingStub(channel).listAccessRecords(REQUEST));

    assertThat(Status.fromThrowable(refusal).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
  }

  private boolean end(Duration patience) {
    try {
      return GrpcServers.end(List.of(server), patience);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static final class Held extends AccessRecordServiceGrpc.AccessRecordServiceImplBase {
    private final CompletableFuture<StreamObserver<ListAccessRecordsResponse>> arrived;

    Held(CompletableFuture<StreamObserver<ListAccessRecordsResponse>> arrived) {
      this.arrived = arrived;
    }

    @Override
    public void listAccessRecords(
        ListAccessRecordsRequest request, StreamObserver<ListAccessRecordsResponse> answer) {
      arrived.complete(answer);
    }
  }
}
