package io.liangjiang.platform.test;

import io.quarkus.grpc.stubs.ServerCalls;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/**
 * Lets an application that is not the first of the test process answer refusals. The generated
 * stubs keep the first exception handler they meet for ever, in a class that outlives the
 * application; to a handler of another application's classes every refusal is a fault.
 */
@Singleton
final class RestartedApplication {
  void forgetTheHandlerBefore(@Observes StartupEvent start) throws ReflectiveOperationException {
    var handler = ServerCalls.class.getDeclaredField("ehp");
    handler.setAccessible(true);
    handler.set(null, null);
  }
}
