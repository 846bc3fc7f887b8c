package io.liangjiang.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Runs figures and appends one JSON line each to target/bench/results.jsonl.
 *
 * <p>Arguments: names of figures, none for all. System properties: {@code rounds} (5 or more for a
 * figure that is quoted), {@code seconds} a round, {@code checkout}.
 */
public final class Bench {
  private Bench() {}

  public static void main(String[] names) throws IOException {
    logWarningsOnly();
    Path checkout = Path.of(System.getProperty("checkout", ".")).toAbsolutePath().normalize();
    int rounds = Integer.getInteger("rounds", 5);
    int seconds = Integer.getInteger("seconds", 8);
    Map<String, Supplier<Figure>> all = new TreeMap<>();
    all.put("gateway.echo", () -> new GatewayEcho(checkout, rounds, seconds).run());
    all.put("gateway.verify", () -> new GatewayVerify(checkout, rounds, seconds).run());
    all.put("ledger.gateway", () -> new LedgerGateway(checkout, rounds, seconds).run());
    all.put("password.sign-in", () -> new PasswordFigure(checkout, rounds, seconds).run());
    all.put("ledger.idle", () -> new LedgerIdle(checkout, rounds, seconds).run());
    for (LedgerFigure.Shape shape : LedgerFigure.Shape.values()) {
      all.put(shape.figure(), () -> new LedgerFigure(checkout, shape, rounds, seconds).run());
    }
    for (TokenFigure.Shape shape : TokenFigure.Shape.values()) {
      all.put(shape.figure(), () -> new TokenFigure(checkout, shape, rounds, seconds).run());
    }
    List<String> wanted = names.length == 0 ? List.copyOf(all.keySet()) : List.of(names);
    for (String name : wanted) {
      Supplier<Figure> figure = all.get(name);
      if (figure == null) {
        System.err.println("No figure " + name + "; there are " + all.keySet());
        System.exit(2);
      } else {
        report(checkout.resolve("target/bench/results.jsonl"), figure.get());
      }
    }
    System.exit(0); // clients' threads would keep the process for a while
  }

  /** Without a level gRPC and Netty describe every frame, and the client is what is measured. */
  static void logWarningsOnly() {
    Logger.getLogger("").setLevel(Level.WARNING);
  }

  private static void report(Path results, Figure figure) throws IOException {
    Files.createDirectories(results.getParent());
    Files.writeString(
        results,
        figure.json() + System.lineSeparator(),
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
    figure.rows().forEach(System.out::println);
  }
}
