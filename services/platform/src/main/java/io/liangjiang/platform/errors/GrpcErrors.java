package io.liangjiang.platform.errors;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.quarkus.grpc.ExceptionHandler;
import io.quarkus.grpc.ExceptionHandlerProvider;
import jakarta.enterprise.context.ApplicationScoped;

/** Hands every failure of an RPC to the translator, whether it was thrown or came down a Uni. */
@ApplicationScoped
public class GrpcErrors implements ExceptionHandlerProvider {
  @Override
  public <Q, A> ExceptionHandler<Q, A> createHandler(
      Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
    return new Handler<>(listener, call, metadata);
  }

  @Override
  public Throwable transform(Throwable failure) {
    return StatusTranslator.translate(failure);
  }

  private static final class Handler<Q, A> extends ExceptionHandler<Q, A> {
    Handler(Listener<Q> listener, ServerCall<Q, A> call, Metadata metadata) {
      super(listener, call, metadata);
    }

    @Override
    protected void handleException(Throwable failure, ServerCall<Q, A> call, Metadata metadata) {
      var status = StatusTranslator.translate(failure);
      var trailers = status.getTrailers();
      call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
    }
  }
}
