package io.liangjiang.identity.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.session.RefreshBatch.Judged;
import io.liangjiang.identity.session.RefreshBatch.Presented;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.vertx.core.buffer.Buffer;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RefreshBatchTest {
  private static final Instant NOW = Instant.parse("2026-03-01T08:00:00Z");
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final Map<Buffer, RefreshToken> known = new HashMap<>();

  private static Session session() {
    return new Session(
        UUID.randomUUID(),
        new Account(Account.Kind.CITIZEN, UUID.randomUUID()),
        "app",
        new Device("", ""),
        NOW.minusSeconds(3_600),
        NOW.plusSeconds(3_600),
        null,
        NOW,
        new Authentication(
            null, Authentication.BY_MINI_PROGRAM, NOW.minusSeconds(3_600), AssuranceLevel.FACE));
  }

  private static Presented presented(String name) {
    return new Presented(name, Buffer.buffer(name), "");
  }

  private Presented keep(String name, Session session, @Nullable Instant rotateTime) {
    Presented presented = presented(name);
    known.put(presented.hash(), new RefreshToken(session, 0, NOW.plusSeconds(600), rotateTime));
    return presented;
  }

  private List<Optional<RefreshDecision>> decisions(Presented... tokens) {
    return RefreshBatch.judge(List.of(tokens), known, NOW, GRACE).stream()
        .map(each -> each.map(Judged::decision))
        .toList();
  }

  private static Optional<RefreshDecision> is(RefreshDecision decision) {
    return Optional.of(decision);
  }

  @Test
  void rotatesTheFirstOfTwoCopiesAndRepeatsItForTheSecond() {
    Presented token = keep("a", session(), null);
    List<Optional<Judged>> judged = RefreshBatch.judge(List.of(token, token), known, NOW, GRACE);
    assertThat(decisions(token, token))
        .containsExactly(is(RefreshDecision.ROTATE), is(RefreshDecision.REPLAY));
    assertThat(judged)
        .allSatisfy(each -> assertThat(each.get().known().rotateTime()).isEqualTo(NOW));
  }

  @Test
  void endsTheSessionForAllThatFollowAReusedToken() {
    Session session = session();
    Presented live = keep("live", session, null);
    Presented used = keep("used", session, NOW.minus(GRACE));
    Presented other = keep("other", session(), null);

    assertThat(decisions(used, live, used, other))
        .containsExactly(
            is(RefreshDecision.REUSED),
            is(RefreshDecision.REVOKED),
            is(RefreshDecision.REVOKED),
            is(RefreshDecision.ROTATE));
  }

  @Test
  void knowsNothingOfAStrangersToken() {
    Presented token = keep("a", session(), null);
    assertThat(decisions(presented("b"), token))
        .containsExactly(Optional.empty(), is(RefreshDecision.ROTATE));
  }

  @Test
  void leavesWhatItWasGivenAlone() {
    Presented token = keep("a", session(), null);
    decisions(token);
    assertThat(known.get(token.hash()).rotateTime()).isNull();
  }

  /** Together or one after the other is the same, whatever comes. */
  @Test
  void judgesTogetherAsOneAfterTheOther() {
    for (int seed = 0; seed < 500; seed++) {
      var random = new Random(seed);
      known.clear();
      List<Session> sessions = Stream.generate(RefreshBatchTest::session).limit(3).toList();
      List<Presented> tokens =
          IntStream.range(0, 8)
              .mapToObj(
                  i ->
                      keep(
                          "token " + i,
                          sessions.get(random.nextInt(3)),
                          random.nextInt(3) == 0 ? null : NOW.minusSeconds(random.nextInt(80))))
              .toList();
      Presented[] sent = random.ints(20, 0, 8).mapToObj(tokens::get).toArray(Presented[]::new);
      assertThat(decisions(sent)).as("seed %d", seed).isEqualTo(oneAfterTheOther(sent));
    }
  }

  /** What the tables would say if each were a transaction of its own. */
  private List<Optional<RefreshDecision>> oneAfterTheOther(Presented... sent) {
    Map<Buffer, RefreshToken> table = new HashMap<>(known);
    return Stream.of(sent)
        .map(
            each -> {
              RefreshToken token = table.get(each.hash());
              var decision = RefreshDecision.of(token, NOW, GRACE);
              switch (decision) {
                case ROTATE -> table.put(each.hash(), token.rotated(NOW));
                case REUSED -> table.replaceAll((hash, row) -> ended(row, token.session().id()));
                case REPLAY, EXPIRED, REVOKED -> {
                  // changes nothing
                }
              }
              return Optional.of(decision);
            })
        .toList();
  }

  private static RefreshToken ended(RefreshToken row, UUID sessionId) {
    Session s = row.session();
    if (!s.id().equals(sessionId)) {
      return row;
    }
    return new RefreshToken(
        new Session(
            s.id(),
            s.account(),
            s.clientId(),
            s.device(),
            s.createTime(),
            s.expireTime(),
            NOW,
            s.lastUseTime(),
            s.authentication()),
        row.generation(),
        row.expireTime(),
        row.rotateTime());
  }
}
