package io.liangjiang.platform.errors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.rpc.ErrorInfo;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.protobuf.StatusProto;
import io.grpc.stub.StreamObserver;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.liangjiang.platform.v1.ListAccessRecordsResponse;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Failures as the caller of a real server gets them. */
final class StatusTranslatorTest {
  private static final long PATIENCE_SECONDS = 60;

  private enum Planted implements ErrorReason {
    NOT_NOW;

    @Override
    public Status.Code code() {
      return Status.Code.FAILED_PRECONDITION;
    }
  }

  /** Fails as in a native program that lacks a class. */
  private record Broken() implements ErrorReason {
    @Override
    public String name() {
      throw new NoClassDefFoundError("com.google.rpc.ErrorInfo");
    }

    @Override
    public Status.Code code() {
      return Status.Code.FAILED_PRECONDITION;
    }
  }

  private final GrpcErrors errors = new GrpcErrors(List.of());
  private volatile Throwable failure = new IllegalStateException("not planted");
  private volatile boolean thrown;
  private Server server;
  private ManagedChannel channel;

  @BeforeEach
  void serve() throws IOException {
    server =
        NettyServerBuilder.forPort(0)
            .addService(new Failing())
            .intercept(new Handling())
            .build()
            .start();
    channel = NettyChannelBuilder.forAddress("localhost", server.getPort()).usePlaintext().build();
  }

  @AfterEach
  void end() {
    channel.shutdownNow();
    server.shutdownNow();
  }

  @Test
  void answersARefusalWithItsDetails() throws Exception {
    failure = new ServiceException(Planted.NOT_NOW, "not now").with("poolId", "p-1");

    StatusRuntimeException answer = answer();

    assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.FAILED_PRECONDITION);
    var details = StatusProto.fromThrowable(answer).getDetails(0).unpack(ErrorInfo.class);
    assertThat(details.getReason()).isEqualTo("NOT_NOW");
    assertThat(details.getMetadataMap()).containsEntry("poolId", "p-1");
  }

  @Test
  void answersWithoutDetailsWhenTheyCannotBeMade() {
    failure = new ServiceException(Planted.NOT_NOW, "not now").with(null, "a key that is none");
    assertPlain(Status.Code.FAILED_PRECONDITION, "not now");
  }

  @Test
  void answersWithoutDetailsWhenAClassIsMissing() {
    failure = new ServiceException(new Broken(), "not now");
    assertPlain(Status.Code.FAILED_PRECONDITION, "not now");
  }

  @Test
  void answersAFaultWithoutItsCause() {
    failure = new IllegalStateException("with the caller's name in it");
    StatusRuntimeException answer = answer();
    assertThat(answer.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(answer.getStatus().getDescription()).isEqualTo("internal error");
  }

  @Test
  void answersWhatIsThrownToo() {
    thrown = true;
    failure = new ServiceException(new Broken(), "not now");
    assertPlain(Status.Code.FAILED_PRECONDITION, "not now");
  }

  private void assertPlain(Status.Code code, String message) {
    StatusRuntimeException answer = answer();
    assertThat(answer.getStatus().getCode()).isEqualTo(code);
    assertThat(answer.getStatus().getDescription()).isEqualTo(message);
    assertThat(StatusProto.fromThrowable(answer).getDetailsList()).isEmpty();
  }

  private StatusRuntimeException answer() {
    var stub =
        AccessRecordServiceGrpc.newBlockingStub(channel)
            .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
    var request = ListAccessRecordsRequest.getDefaultInstance();
    return catchThrowableOfType(
        StatusRuntimeException.class, () -> stub.listAccessRecords(request));
  }

  /** Fails where it is called, or down the reactive path as Quarkus does it. */
  private final class Failing extends AccessRecordServiceGrpc.AccessRecordServiceImplBase {
    @Override
    public void listAccessRecords(
        ListAccessRecordsRequest request, StreamObserver<ListAccessRecordsResponse> answer) {
      if (thrown) {
        throw (ServiceException) failure;
      }
      answer.onError(errors.transform(failure));
    }
  }

  /** Has what is thrown handled as Quarkus has. */
  private final class Handling implements ServerInterceptor {
    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
        ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
      return errors.createHandler(next.startCall(call, headers), call, headers);
    }
  }
}
