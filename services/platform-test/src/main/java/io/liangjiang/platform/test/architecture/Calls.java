package io.liangjiang.platform.test.architecture;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import java.util.Map;
import java.util.Set;

/**
 * Method calls that a rule forbids somewhere, by the class that declares the method and its name.
 */
final class Calls {
  private static final String ANY = "*";

  static final DescribedPredicate<JavaMethodCall> OPENING_A_TRANSACTION =
      to(
          "open a transaction",
          Map.of(
              "io.liangjiang.platform.data.Database", Set.of("inTransaction"),
              "io.liangjiang.platform.data.Idempotency", Set.of("once"),
              "io.vertx.mutiny.sqlclient.Pool", Set.of("withTransaction"),
              "io.vertx.mutiny.sqlclient.SqlConnection", Set.of("begin")));

  static final DescribedPredicate<JavaMethodCall> BLOCKING =
      to(
          "block",
          Map.of(
              "io.smallrye.mutiny.Uni", Set.of("await", "awaitUsing"),
              "io.smallrye.mutiny.groups.MultiSubscribe", Set.of("asIterable", "asStream"),
              "java.lang.Thread", Set.of("sleep", "join"),
              "java.util.concurrent.CompletableFuture", Set.of("get", "join"),
              "java.util.concurrent.Future", Set.of("get"),
              "java.util.concurrent.CountDownLatch", Set.of("await")));

  static final DescribedPredicate<JavaMethodCall> REFLECTION =
      to(
          "use reflection",
          Map.of(
              "java.lang.Class", Set.of("forName", "getDeclaredField", "getDeclaredMethod"),
              "java.lang.reflect.Field", Set.of(ANY),
              "java.lang.reflect.Constructor", Set.of(ANY),
              "java.lang.reflect.Method", Set.of("invoke", "setAccessible")));

  static final DescribedPredicate<JavaMethodCall> READING_THE_SYSTEM_CLOCK =
      DescribedPredicate.describe("read the system clock", Calls::readsSystemClock);

  private Calls() {}

  private static boolean readsSystemClock(JavaMethodCall call) {
    var owner = call.getTargetOwner();
    var method = call.getName();
    return switch (owner.getName()) {
      case "java.lang.System" -> method.equals("currentTimeMillis");
      case "java.time.Clock", "java.time.InstantSource" -> method.startsWith("system");
      default -> owner.getPackageName().equals("java.time") && method.equals("now");
    };
  }

  private static DescribedPredicate<JavaMethodCall> to(
      String what, Map<String, Set<String>> methodsByOwner) {
    return DescribedPredicate.describe(what, call -> isOneOf(call, methodsByOwner));
  }

  private static boolean isOneOf(JavaMethodCall call, Map<String, Set<String>> methodsByOwner) {
    var methods = methodsByOwner.getOrDefault(call.getTargetOwner().getName(), Set.of());
    return methods.contains(call.getName()) || methods.contains(ANY);
  }
}
