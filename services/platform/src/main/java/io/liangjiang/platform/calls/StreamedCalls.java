package io.liangjiang.platform.calls;

import io.grpc.Context;
import io.grpc.Context.CancellableContext;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.util.function.Supplier;

/** Calls that are answered with a stream. */
public final class StreamedCalls {
  private StreamedCalls() {}

  /**
   * The answers of a call that ends at the server too when nobody listens to them any more.
   * Quarkus' stubs leave the call of a cancelled {@link Multi} open for as long as its connection
   * lives, and the server at work for it.
   *
   * @param call makes the call by one of Quarkus' stubs; asked anew for each subscription
   */
  public static <T> Multi<T> endingWithItsListener(Supplier<Multi<T>> call) {
    return Multi.createFrom().emitter(listener -> begin(call, listener));
  }

  private static <T> void begin(Supplier<Multi<T>> call, MultiEmitter<? super T> listener) {
    CancellableContext context = Context.current().withCancellation();
    listener.onTermination(() -> context.cancel(null));
    context.run(
        () ->
            call.get()
                .subscribe()
                .with(
                    listener::emit,
                    failure -> {
                      // The end that was asked for arrives as a failure, and is no news.
                      if (!context.isCancelled()) {
                        listener.fail(failure);
                      }
                    },
                    listener::complete));
  }
}
