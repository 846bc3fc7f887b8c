package io.liangjiang.platform.errors;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.StatusRuntimeException;
import io.quarkus.arc.All;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * Hands every failure of an RPC to the translator, whether it was thrown or came down a Uni; what
 * comes from a library is first read by who knows that library.
 */
@ApplicationScoped
public class GrpcErrors implements ExceptionHandlerProvider {
  private final List<FailureReader> readers;

  GrpcErrors(@All List<FailureReader> readers) {
    this.readers = readers;
  }

  @Override
  public <Q, A> ExceptionHandler<Q, A> createHandler(
      Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
    return new Handler<>(listener, call, metadata);
  }

  @Override
  public StatusRuntimeException transform(Throwable failure) {
    Throwable read = failure;
    for (FailureReader reader : readers) {
      read = reader.read(read);
    }
    return StatusTranslator.translate(read);
  }

  private final class Handler<Q, A> extends ExceptionHandler<Q, A> {
    Handler(Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
      super(listener, call, metadata);
    }

    @Override
    protected void handleException(Throwable failure, ServerCall<Q, A> call, Metadata metadata) {
      var status = transform(failure);
      var trailers = status.getTrailers();
      call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }
}
