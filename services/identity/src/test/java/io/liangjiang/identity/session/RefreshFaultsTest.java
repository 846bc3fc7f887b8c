package io.liangjiang.identity.session;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.ManagedChannelBuilder;
import io.grpc.StatusRuntimeException;
import io.liangjiang.identity.CuttingWire;
import io.liangjiang.identity.CuttingWire.Cut;
import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.RefreshSessionRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionServiceGrpc;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.eclipse.microprofile.config.ConfigProvider;
import org.junit.jupiter.api.Test;

/**
 * A phone on a bad network: the connection is cut before, in and after the answer, and the phone
 * sends the token that it has again. It is never logged out, and there is never a second live
 * successor. The property {@code refresh.rounds} says how often; {@code make refreshes} plays
 * 100,000.
 */
@IdentityTest
class RefreshFaultsTest {
  private static final int ROUNDS = Integer.getInteger("refresh.rounds", 300);
  private static final int PHONES = 32;
  private static final int COPIES = 64;
  private static final int COPY_ROUNDS = Math.max(5, ROUNDS / 200);
  private static final int TRIES = 50;
  private static final long DEADLINE_SECONDS = 20;

  /** Bytes of a request and of an answer with the frames around them, roughly. */
  private static final int REQUEST_BYTES = 500;

  private static final int ANSWER_BYTES = 1_600;

  @GrpcClient("self")
  SessionService sessions;

  @Inject Tables tables;

  private final AtomicInteger lostAnswers = new AtomicInteger();
  private final AtomicInteger lostRequests = new AtomicInteger();

  @Test
  void logsNobodyOutHoweverOftenTheConnectionIsCut() throws Exception {
    int port = ConfigProvider.getConfig().getValue("quarkus.grpc.clients.self.port", Integer.class);
    try (var wire = new CuttingWire(port);
        var phones = Executors.newVirtualThreadPerTaskExecutor()) {
      // One sign-in after the other: what is tried here comes after them.
      List<Callable<String>> work =
          IntStream.range(0, PHONES)
              .mapToObj(i -> playing(wire, i, SignedIn.citizen(sessions)))
              .toList();
      for (var phone : phones.invokeAll(work)) {
        assertOneLiveToken(phone.get());
      }
    }
    assertThat(lostAnswers.get()).as("answers that were cut off").isGreaterThan(ROUNDS / 20);
    assertThat(lostRequests.get()).as("requests that were cut off").isGreaterThan(ROUNDS / 20);
  }

  @Test
  void answersManyCopiesOfOneTokenWithOneSuccessor() {
    String token = SignedIn.citizen(sessions).getRefreshToken();
    String session = "";
    for (int round = 0; round < COPY_ROUNDS; round++) {
      String sent = token;
      List<Uni<SessionTokens>> calls =
          IntStream.range(0, COPIES).mapToObj(i -> SignedIn.refresh(sessions, sent)).toList();
      List<SessionTokens> answers = await(Uni.join().all(calls).andFailFast());
      assertThat(answers.stream().map(SessionTokens::getRefreshToken).distinct()).hasSize(1);
      assertThat(answers.stream().map(SessionTokens::getAccessToken).distinct()).hasSize(1);
      token = answers.getFirst().getRefreshToken();
      session = answers.getFirst().getSessionId();
    }
    assertOneLiveToken(session);
  }

  private Callable<String> playing(CuttingWire wire, int phone, SessionTokens signedIn) {
    return () -> play(wire, phone, signedIn);
  }

  /** One phone's rounds; its session. */
  private String play(CuttingWire wire, int phone, SessionTokens signedIn) {
    Random random = new Random(phone);
    SessionTokens tokens = signedIn;
    for (int round = 0; round < ROUNDS / PHONES; round++) {
      tokens = refresh(wire, random, tokens.getRefreshToken());
    }
    return tokens.getSessionId();
  }

  /** As a phone does: the same request until there is an answer. */
  private SessionTokens refresh(CuttingWire wire, Random random, String token) {
    var request =
        RefreshSessionRequest.newBuilder().setRequestId(id()).setRefreshToken(token).build();
    for (int i = 0; i < TRIES; i++) {
      Cut cut = cut(random);
      Optional<SessionTokens> answer = call(wire, cut, request);
      if (answer.isPresent()) {
        return answer.get();
      }
      (cut.ofAnswer() ? lostAnswers : lostRequests).incrementAndGet();
    }
    throw new AssertionError("no answer after " + TRIES + " tries");
  }

  private static Cut cut(Random random) {
    return switch (random.nextInt(4)) {
      case 0 -> Cut.ofRequest(random.nextInt(REQUEST_BYTES));
      case 1 -> Cut.ofAnswer(random.nextInt(ANSWER_BYTES));
      case 2 -> Cut.ofAnswer(ANSWER_BYTES / 4 + random.nextInt(ANSWER_BYTES));
      default -> Cut.NONE;
    };
  }

  /** The answer; nothing when it was cut off. A refusal is a log-out that nobody asked for. */
  private static Optional<SessionTokens> call(
      CuttingWire wire, Cut cut, RefreshSessionRequest request) {
    ManagedChannel channel =
        ManagedChannelBuilder.forAddress("localhost", wire.port(cut))
            .usePlaintext()
            .disableRetry()
            .build();
    try {
      return Optional.of(
          SessionServiceGrpc.newBlockingStub(channel)
              .withDeadlineAfter(DEADLINE_SECONDS, TimeUnit.SECONDS)
              .refreshSession(request));
    } catch (StatusRuntimeException failure) {
      assertThat(TestCalls.reason(failure)).as("a forced log-out").isEmpty();
      return Optional.empty();
    } finally {
      channel.shutdownNow();
    }
  }

  private void assertOneLiveToken(String sessionId) {
    UUID session = UUID.fromString(sessionId);
    assertThat(
            tables.count(
                "select count(*) from session where session_id = $1 and revoke_time is null",
                session))
        .isEqualTo(1);
    assertThat(
            tables.count(
                "select count(*) from refresh_token where session_id = $1 and rotate_time is null",
                session))
        .as("live tokens of a session")
        .isEqualTo(1);
    assertThat(
            tables.count(
                "select max(generation) + 1 - count(*) from refresh_token where session_id = $1",
                session))
        .as("generations that are missing")
        .isZero();
  }
}
