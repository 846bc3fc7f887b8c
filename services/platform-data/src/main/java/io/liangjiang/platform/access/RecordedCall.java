package io.liangjiang.platform.access;

import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.Status;
import io.liangjiang.platform.data.DatabaseErrors;
import io.liangjiang.platform.errors.StatusTranslator;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps the answer of a unary call back until its record is written. */
final class RecordedCall<Q, A> extends SimpleForwardingServerCall<Q, A> {
  private final Function<A, Uni<Void>> note;
  private volatile @Nullable A answer;

  RecordedCall(ServerCall<Q, A> call, Function<A, Uni<Void>> note) {
    super(call);
    this.note = note;
  }

  @Override
  public void sendMessage(A message) {
    answer = message;
  }

  @Override
  public void close(Status status, Metadata trailers) {
    A kept = answer;
    if (!status.isOk() || kept == null) {
      super.close(status, trailers);
      return;
    }
    note.apply(kept)
        .subscribe()
        .with(
            done -> {
              super.sendMessage(kept);
              super.close(status, trailers);
            },
            this::refuse);
  }

  private void refuse(Throwable failure) {
    var refusal = StatusTranslator.translate(DatabaseErrors.translate(failure));
    var trailers = refusal.getTrailers();
    super.close(refusal.getStatus(), trailers == null ? new Metadata() : trailers);
  }
}
