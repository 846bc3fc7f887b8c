package io.liangjiang.bench;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.liangjiang.bench.Workers.Step;
import io.liangjiang.identity.v1.IssueServiceTokenRequest;
import io.liangjiang.identity.v1.RefreshSessionRequest;
import io.liangjiang.identity.v1.SessionServiceGrpc;
import io.liangjiang.identity.v1.SessionServiceGrpc.SessionServiceBlockingStub;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.identity.v1.SignInStaffRequest;
import io.liangjiang.identity.v1.TokenServiceGrpc;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/**
 * Tokens through identity's gRPC door, beside Keycloak's token endpoint on the same PostgreSQL
 * server. Each worker goes on when it has its answer.
 */
final class TokenFigure {
  private static final int WORKERS = 32;
  private static final String STAFF = "auditor";
  private static final String PASSWORD = "password-of-the-bench";
  private static final String CLIENT = "bench";
  private static final String SECRET = "secret-of-the-bench";

  /** What is measured. */
  enum Shape {
    /** A refresh token for its successor and an access token. */
    REFRESH("token.refresh"),
    /** A token for a machine. */
    CLIENT_CREDENTIALS("token.client-credentials");

    private final String figure;

    Shape(String figure) {
      this.figure = figure;
    }

    String figure() {
      return figure;
    }
  }

  private final Path checkout;
  private final Shape shape;
  private final int rounds;
  private final int seconds;

  TokenFigure(Path checkout, Shape shape, int rounds, int seconds) {
    this.checkout = checkout;
    this.shape = shape;
    this.rounds = rounds;
    this.seconds = seconds;
  }

  Figure run() {
    Postgres books = Postgres.create();
    try (var identity = Packaged.application(checkout, "services/identity", settings(books));
        var keycloak = new Keycloak(checkout)) {
      ManagedChannel channel =
          NettyChannelBuilder.forAddress("localhost", identity.grpcPort()).usePlaintext().build();
      try {
        return measure(books, identity, channel, keycloak);
      } finally {
        channel.shutdownNow();
      }
    }
  }

  private Figure measure(
      Postgres books, Packaged identity, ManagedChannel channel, Keycloak keycloak) {
    List<Step> product = steps(() -> product(channel));
    List<Step> peer = steps(() -> peer(keycloak));
    long server = books.pid();
    // the first seconds show the compilers at work
    var unused = Workers.run(product, 2 * seconds);
    var unusedToo = Workers.run(peer, 2 * seconds);
    Map<String, String> facts = books.facts();
    facts.put("load", WORKERS + " workers, each one call at a time");
    facts.put("cpu", "server and database");
    facts.put("peer", "Keycloak's token endpoint");
    Figure figure =
        Rounds.run(
            shape.figure,
            rounds,
            () -> Workers.run(product, seconds, identity.pid(), server),
            () -> Workers.run(peer, seconds, keycloak.pid(), server),
            facts);
    facts.put("residentMegabytes", String.valueOf(identity.residentMegabytes()));
    return figure;
  }

  private interface Maker {
    Step make() throws Exception;
  }

  private static List<Step> steps(Maker maker) {
    List<Step> steps = new ArrayList<>();
    IntStream.range(0, WORKERS)
        .forEach(
            i -> {
              try {
                steps.add(maker.make());
              } catch (Exception e) {
                throw new IllegalStateException("a worker could not sign in", e);
              }
            });
    return steps;
  }

  private Step product(ManagedChannel channel) {
    if (shape == Shape.CLIENT_CREDENTIALS) {
      var tokens = TokenServiceGrpc.newBlockingStub(channel);
      var request =
          IssueServiceTokenRequest.newBuilder().setClientId(CLIENT).setClientSecret(SECRET).build();
      return () -> requireToken(tokens.issueServiceToken(request).getAccessToken());
    }
    var sessions = SessionServiceGrpc.newBlockingStub(channel);
    var signIn =
        SignInStaffRequest.newBuilder()
            .setRequestId(UUID.randomUUID().toString())
            .setUsername(STAFF)
            .setPassword(PASSWORD)
            .build();
    return new Refreshing(sessions, sessions.signInStaff(signIn).getRefreshToken());
  }

  private Step peer(Keycloak keycloak) throws Exception {
    if (shape == Shape.CLIENT_CREDENTIALS) {
      return keycloak::clientCredentials;
    }
    var token = new String[] {keycloak.signIn()};
    return () -> token[0] = keycloak.refresh(token[0]);
  }

  private static final class Refreshing implements Step {
    private final SessionServiceBlockingStub sessions;
    private String token;

    Refreshing(SessionServiceBlockingStub sessions, String token) {
      this.sessions = sessions;
      this.token = token;
    }

    @Override
    public void run() {
      SessionTokens tokens =
          sessions.refreshSession(
              RefreshSessionRequest.newBuilder()
                  .setRequestId(UUID.randomUUID().toString())
                  .setRefreshToken(token)
                  .build());
      requireToken(tokens.getAccessToken());
      if (tokens.getRefreshToken().equals(token)) {
        throw new IllegalStateException("the refresh token was not rotated");
      }
      token = tokens.getRefreshToken();
    }
  }

  private static void requireToken(String token) {
    if (token.isEmpty()) {
      throw new IllegalStateException("no access token");
    }
  }

  private static Map<String, String> settings(Postgres books) {
    Map<String, String> settings = new HashMap<>(books.connection());
    settings.put("LIANGJIANG_IDENTITY_STAFF_PASSWORDS_AUDITOR", PASSWORD);
    settings.put("LIANGJIANG_IDENTITY_SERVICE_CLIENTS_BENCH_SECRET_SHA256", sha256(SECRET));
    return settings;
  }

  private static String sha256(String text) {
    try {
      var digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
