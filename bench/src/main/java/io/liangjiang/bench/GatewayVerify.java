package io.liangjiang.bench;

import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What verified access costs the gateway: the same read, open to everybody, with a citizen's token
 * and without one. A token that is sent is verified; the difference of the CPU seconds per 1,000
 * requests is the share of a core at 1,000 requests a second.
 */
final class GatewayVerify {
  private static final String FIGURE = "gateway.verify";
  private static final int IN_FLIGHT = 128;

  /** New ones in each round, so signatures are checked too. */
  private static final int CITIZENS = 2_000;

  private static final String PATH = "/v1/sites/wulong-three-natural-bridges";

  private final Path checkout;
  private final int rounds;
  private final int seconds;

  GatewayVerify(Path checkout, int rounds, int seconds) {
    this.checkout = checkout;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  Figure run() {
    try (var echo = Packaged.program(checkout, EchoServer.class);
        var gateway =
            Packaged.application(
                checkout,
                "gateway",
                Map.of("QUARKUS_GRPC_CLIENTS_TOURISM_PORT", String.valueOf(echo.grpcPort())));
        var phones = new Phones(gateway.port(), IN_FLIGHT)) {
      // the first seconds show the compiler at work
      var unused = load(gateway, phones, List.of());
      var unusedToo = load(gateway, phones, tokens());
      Map<String, String> facts = new LinkedHashMap<>();
      facts.put("load", IN_FLIGHT + " in flight");
      facts.put("product", "with the tokens of " + CITIZENS + " citizens, new ones each round");
      facts.put("peer", "without a token");
      facts.put("cpu", "gateway");
      Figure figure =
          Rounds.run(
              FIGURE,
              rounds,
              () -> load(gateway, phones, tokens()),
              () -> load(gateway, phones, List.of()),
              facts);
      facts.put("shareOfACore", share(figure));
      return figure;
    }
  }

  private static String share(Figure figure) {
    return String.format(
        Locale.ROOT,
        "%.1f %% of a core for verification at 1,000 requests a second",
        100 * (figure.productCpuPer1000() - figure.peerCpuPer1000()));
  }

  private Sample load(Packaged gateway, Phones phones, List<String> tokens) {
    return new GrpcLoad(IN_FLIGHT, seconds)
        .run(i -> phones.get(PATH, tokenOf(tokens, i)), gateway.pid());
  }

  private static @Nullable String tokenOf(List<String> tokens, long call) {
    return tokens.isEmpty() ? null : tokens.get((int) (call % tokens.size()));
  }

  private static List<String> tokens() {
    return Stream.generate(() -> TestTokens.citizen(UUID.randomUUID(), AssuranceLevel.REAL_NAME))
        .limit(CITIZENS)
        .toList();
  }
}
