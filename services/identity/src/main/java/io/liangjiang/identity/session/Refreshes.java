package io.liangjiang.identity.session;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.session.RefreshBatch.Judged;
import io.liangjiang.identity.session.RefreshBatch.Presented;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.work.OneByOne;
import io.liangjiang.platform.batch.BatchWriter;
import io.liangjiang.platform.batch.Outcome;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * Exchanges refresh tokens. Those that arrive while a transaction commits share the next one: two
 * statements, however many they are.
 */
@ApplicationScoped
public class Refreshes {
  private static final int MAX_WAITING = 2_048;
  private static final int MAX_A_BATCH = 256;

  private final SessionRepository repository;
  private final Sessions sessions;
  private final RefreshSecrets secrets;
  private final Database database;
  private final IdentitySettings settings;
  private final InstantSource clock;
  private final BatchWriter<Presented, Grant> writer;

  Refreshes(
      SessionRepository repository,
      Sessions sessions,
      RefreshSecrets secrets,
      Database database,
      IdentitySettings settings,
      InstantSource clock,
      Vertx vertx) {
    this.repository = repository;
    this.sessions = sessions;
    this.secrets = secrets;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
    this.writer = new BatchWriter<>(vertx, MAX_WAITING, MAX_A_BATCH, this::exchange);
  }

  /**
   * Exchanges a refresh token; a reused one ends its session, which is committed before the
   * refusal. Errors: INVALID_REFRESH_TOKEN, REFRESH_TOKEN_REUSED, REFRESH_TOKEN_EXPIRED,
   * SESSION_REVOKED, OVERLOADED.
   *
   * @param place where it came from; empty when that is not known
   */
  Uni<Grant> refresh(String token, String place) {
    return writer.submit(Presented.of(token, place));
  }

  private Uni<List<Outcome<Grant>>> exchange(List<Presented> tokens) {
    List<Buffer> hashes = tokens.stream().map(Presented::hash).distinct().toList();
    return database.inTransaction(
        tx -> repository.lockTokens(tx, hashes).chain(known -> exchange(tx, tokens, known)));
  }

  private Uni<List<Outcome<Grant>>> exchange(
      SqlConnection tx, List<Presented> tokens, Map<Buffer, RefreshToken> known) {
    Instant now = Columns.now(clock);
    List<Optional<Judged>> judged = RefreshBatch.judge(tokens, known, now, settings.refreshGrace());
    List<Judged> rotated = with(judged, RefreshDecision.ROTATE);
    return repository
        .rotate(
            tx,
            rotated.stream().map(each -> each.presented().hash()).toList(),
            rotated.stream().map(this::grant).toList(),
            now.plus(settings.refreshTokenTtl()))
        .chain(() -> endReused(tx, with(judged, RefreshDecision.REUSED)))
        .replaceWith(() -> judged.stream().map(this::outcome).toList());
  }

  private Uni<Void> endReused(SqlConnection tx, List<Judged> reused) {
    return OneByOne.each(reused, each -> sessions.endReused(tx, each.known().session()));
  }

  private static List<Judged> with(List<Optional<Judged>> judged, RefreshDecision decision) {
    return judged.stream().flatMap(Optional::stream).filter(each -> each.is(decision)).toList();
  }

  private Outcome<Grant> outcome(Optional<Judged> judged) {
    return judged.map(this::outcome).orElseGet(() -> Outcome.refused(RefreshSecrets.unknown()));
  }

  private Outcome<Grant> outcome(Judged judged) {
    return switch (judged.decision()) {
      case ROTATE, REPLAY -> Outcome.done(grant(judged));
      case REUSED ->
          refused(
              IdentityReason.REFRESH_TOKEN_REUSED,
              "the refresh token was used before; its session is ended");
      case REVOKED -> Outcome.refused(Sessions.revoked());
      case EXPIRED ->
          refused(IdentityReason.REFRESH_TOKEN_EXPIRED, "the refresh token has expired");
    };
  }

  private static Outcome<Grant> refused(IdentityReason reason, String message) {
    return Outcome.refused(new ServiceException(reason, message));
  }

  private Grant grant(Judged judged) {
    RefreshToken known = judged.known();
    return new Grant(
        known.session().at(judged.presented().place()),
        secrets.successor(judged.presented().token()),
        known.generation() + 1,
        Objects.requireNonNull(known.rotateTime(), "only a rotated token has a successor"));
  }
}
