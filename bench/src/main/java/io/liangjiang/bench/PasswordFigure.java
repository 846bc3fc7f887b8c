package io.liangjiang.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.liangjiang.bench.Workers.Step;
import io.liangjiang.identity.v1.SessionServiceGrpc;
import io.liangjiang.identity.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import io.liangjiang.identity.v1.SignInStaffRequest;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.bouncycastle.crypto.generators.Argon2BytesGenerator;
import org.bouncycastle.crypto.params.Argon2Parameters;

/**
 * Staff sign in with their passwords; beside it the bare hash with the parameters of the stored
 * one, on as many threads as there are processors.
 */
final class PasswordFigure {
  private static final String FIGURE = "password.sign-in";
  private static final List<String> STAFF = List.of("auditor", "admin", "merchant", "gate");
  private static final String PASSWORD = "password-of-the-bench";

  private final Path checkout;
  private final int rounds;
  private final int seconds;

  PasswordFigure(Path checkout, int rounds, int seconds) {
    this.checkout = checkout;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  Figure run() {
    Postgres books = Postgres.create();
    try (var identity = Packaged.application(checkout, "services/identity", settings(books))) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("localhost", identity.grpcPort()).usePlaintext().build();
      try {
        return measure(books, identity, SessionServiceGrpc.newBlockingStub(channel));
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private Figure measure(Postgres books, Packaged identity, SessionServiceBlockingStub sessions) {
    List<Step> signIns = STAFF.stream().map(name -> signIn(sessions, name)).toList();
    String stored = books.ask("select min(password_hash) from staff");
    int processors = Runtime.getRuntime().availableProcessors();
    List<Step> hashes = Collections.nCopies(processors, hash(stored));
    long server = books.pid();
    long self = ProcessHandle.current().pid();
    var unused = Workers.run(signIns, 2 * seconds);
    var unusedToo = Workers.run(hashes, 2 * seconds);
    Map<String, String> facts = new LinkedHashMap<>(books.facts());
    facts.put("hash", stored.substring(0, stored.indexOf('$', stored.indexOf("m="))));
    facts.put("load", STAFF.size() + " staff, each one sign-in at a time");
    facts.put("peer", "the hash alone, " + processors + " threads");
    facts.put("cpu", "product: service and database; peer: the bench");
    return Rounds.run(
        FIGURE,
        rounds,
        () -> Workers.run(signIns, seconds, identity.pid(), server),
        () -> Workers.run(hashes, seconds, self),
        facts);
  }

  private static Step signIn(SessionServiceBlockingStub sessions, String name) {
    return () -> {
      var tokens =
          sessions.signInStaff(
              SignInStaffRequest.newBuilder()
                  .setRequestId(UUID.randomUUID().toString())
                  .setUsername(name)
                  .setPassword(PASSWORD)
                  .build());
      if (tokens.getAccessToken().isEmpty()) {
        throw new IllegalStateException("no access token");
      }
    };
  }

  /** Checks the password against a hash in PHC form: $argon2id$v=19$m=..,t=..,p=..$salt$hash. */
  private static Step hash(String phc) {
    String[] parts = phc.split("\\$", -1);
    String[] cost = parts[3].split(",", -1);
    byte[] salt = Base64.getDecoder().decode(parts[4]);
    byte[] expected = Base64.getDecoder().decode(parts[5]);
    return () -> {
      var generator = new Argon2BytesGenerator();
      generator.init(
          new Argon2Parameters.Builder(Argon2Parameters.ARGON2_id)
              .withVersion(Argon2Parameters.ARGON2_VERSION_13)
              .withMemoryAsKB(number(cost[0]))
              .withIterations(number(cost[1]))
              .withParallelism(number(cost[2]))
              .withSalt(salt)
              .build());
      byte[] hash = new byte[expected.length];
      generator.generateBytes(PASSWORD.getBytes(StandardCharsets.UTF_8), hash);
      if (!Arrays.equals(hash, expected)) {
        throw new IllegalStateException("the hash is another password's");
      }
    };
  }

  private static int number(String setting) {
    return Integer.parseInt(setting.substring(setting.indexOf('=') + 1));
  }

  private static Map<String, String> settings(Postgres books) {
    Map<String, String> settings = new LinkedHashMap<>(books.connection());
    STAFF.forEach(
        name ->
            settings.put(
                "LIANGJIANG_IDENTITY_STAFF_PASSWORDS_" + name.toUpperCase(Locale.ROOT), PASSWORD));
    return settings;
  }
}
