package io.liangjiang.identity.authorization;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.authorization.BrowserStep.Kind;
import io.liangjiang.identity.authorization.PendingAuthorization.Decision;
import io.liangjiang.identity.authorization.PendingAuthorization.State;
import io.liangjiang.identity.crypto.Digests;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * What the browser does that began a request. It goes on only with its cookie and the confirmation
 * code that the approver's app shows: who began and who approved are the same person, or one of
 * them told the other.
 */
@ApplicationScoped
class Browsers {
  private static final int MAX_WRONG_CODES = 5;

  /**
   * A request that a browser began.
   *
   * @param cookie the browser's secret
   */
  record Begun(String requestCode, String cookie) {}

  private final AuthorizationRepository repository;
  private final AuthorizationCodes codes;
  private final Database database;
  private final IdentitySettings settings;
  private final InstantSource clock;

  Browsers(
      AuthorizationRepository repository,
      AuthorizationCodes codes,
      Database database,
      IdentitySettings settings,
      InstantSource clock) {
    this.repository = repository;
    this.codes = codes;
    this.database = database;
    this.settings = settings;
    this.clock = clock;
  }

  Uni<Begun> begin(AuthorizationAsk ask) {
    Instant now = Columns.now(clock);
    var begun = new Begun(codes.request(), codes.secret());
    var request =
        new PendingAuthorization(
            begun.requestCode(),
            ask,
            Digests.sha256(begun.cookie()),
            State.WAITING,
            now,
            now.plus(settings.guests().requestTtl()),
            null,
            0,
            null,
            null,
            null);
    return repository.insert(database.client(), request).replaceWith(begun);
  }

  /** The request that this browser began; nothing for any other. */
  Uni<Optional<BrowserStep>> look(String requestCode, String cookie) {
    return repository
        .find(database.client(), requestCode)
        .map(found -> found.filter(request -> isOf(request, cookie)))
        .map(found -> found.map(request -> BrowserStep.of(seen(request), request)));
  }

  private static Kind seen(PendingAuthorization request) {
    return switch (request.state()) {
      case WAITING, APPROVED -> Kind.WAIT;
      case DENIED -> Kind.REFUSED;
      case CONTINUED -> Kind.OVER;
    };
  }

  /** The citizen typed the confirmation code. */
  Uni<Optional<BrowserStep>> confirm(String requestCode, String cookie, String confirmation) {
    return step(requestCode, cookie, (tx, request) -> confirm(tx, request, confirmation));
  }

  /** The citizen does not want to go on. */
  Uni<Optional<BrowserStep>> giveUp(String requestCode, String cookie) {
    return step(
        requestCode,
        cookie,
        (tx, request) ->
            request.state() == State.CONTINUED
                ? Uni.createFrom().item(BrowserStep.of(Kind.OVER, request))
                : repository
                    .giveUp(tx, request.code())
                    .replaceWith(BrowserStep.of(Kind.REFUSED, request)));
  }

  private Uni<Optional<BrowserStep>> step(
      String requestCode,
      String cookie,
      BiFunction<SqlConnection, PendingAuthorization, Uni<BrowserStep>> work) {
    return database.inTransaction(
        tx ->
            repository
                .lock(tx, requestCode)
                .map(found -> found.filter(request -> isOf(request, cookie)))
                .chain(
                    found ->
                        found.isEmpty()
                            ? Uni.createFrom().item(Optional.<BrowserStep>empty())
                            : work.apply(tx, found.get()).map(Optional::of)));
  }

  private Uni<BrowserStep> confirm(
      SqlConnection tx, PendingAuthorization request, String confirmation) {
    Decision decision = request.decision();
    if (request.state() != State.APPROVED || decision == null) {
      return Uni.createFrom().item(BrowserStep.of(seen(request), request));
    }
    String expected = codes.confirmation(request.code(), decision.citizenId());
    if (!same(expected, confirmation)) {
      return wrong(tx, request);
    }
    String code = codes.secret();
    Instant expires = Columns.now(clock).plus(settings.guests().codeTtl());
    return repository
        .goOn(tx, request.code(), Digests.sha256(code), expires)
        .replaceWith(new BrowserStep(Kind.GO_ON, request, code));
  }

  private Uni<BrowserStep> wrong(SqlConnection tx, PendingAuthorization request) {
    return request.wrongCodes() + 1 >= MAX_WRONG_CODES
        ? repository.giveUp(tx, request.code()).replaceWith(BrowserStep.of(Kind.REFUSED, request))
        : repository
            .countWrongCode(tx, request.code())
            .replaceWith(BrowserStep.of(Kind.WRONG_CODE, request));
  }

  private boolean isOf(PendingAuthorization request, String cookie) {
    return request.isOpen(clock.instant())
        && MessageDigest.isEqual(request.browserHash(), Digests.sha256(cookie));
  }

  private static boolean same(String expected, String typed) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.US_ASCII),
        typed.replace(" ", "").replace("-", "").getBytes(StandardCharsets.UTF_8));
  }
}
