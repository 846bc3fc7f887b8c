package io.liangjiang.identity.export;

import io.liangjiang.identity.peer.IdentityToken;
import io.liangjiang.identity.peer.Peers;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.work.OneByOne;
import io.liangjiang.platform.calls.OnBehalfOf;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.v1.ExportPersonalDataRequest;
import io.liangjiang.platform.v1.ExportPersonalDataResponse;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jboss.logging.Logger;

/**
 * Gathers exports, a page at a time. What was gathered is kept with the place to go on from, so a
 * process that dies loses at most one page.
 */
@ApplicationScoped
public class ExportSweep {
  private static final Logger LOG = Logger.getLogger(ExportSweep.class);
  private static final int AT_ONCE = 10;
  private static final int PAGES_A_TURN = 50;
  private static final int PAGE_SIZE = 100;
  private static final int FORGOTTEN_AT_ONCE = 100;
  private static final long MAX_CHARACTERS = 8L << 20;
  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final Duration GIVE_UP = Duration.ofDays(1);

  private final ExportRepository repository;
  private final Peers peers;
  private final IdentityToken token;
  private final Database database;
  private final InstantSource clock;

  ExportSweep(
      ExportRepository repository,
      Peers peers,
      IdentityToken token,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.peers = peers;
    this.token = token;
    this.database = database;
    this.clock = clock;
  }

  @Scheduled(
      every = "${liangjiang.identity.sweep-interval:2s}",
      concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> sweep() {
    Instant now = Columns.now(clock);
    return repository
        .takeDue(database.client(), now, now.plus(LEASE), AT_ONCE)
        .chain(due -> OneByOne.each(due, this::quietly));
  }

  @Scheduled(every = "10m", delayed = "1m", concurrentExecution = ConcurrentExecution.SKIP)
  Uni<Void> forget() {
    return repository.forget(database.client(), clock.instant(), FORGOTTEN_AT_ONCE);
  }

  private Uni<Void> quietly(Gathering export) {
    return token
        .issue()
        .chain(issued -> gather(export, issued, PAGES_A_TURN))
        .onFailure()
        .invoke(e -> LOG.warnf("export %s waits: %s", export.id(), e.getMessage()))
        .onFailure()
        .recoverWithUni(() -> giveUpWhenLate(export));
  }

  private Uni<Void> giveUpWhenLate(Gathering export) {
    boolean isLate = clock.instant().isAfter(export.createTime().plus(GIVE_UP));
    return isLate ? repository.fail(database.client(), export.id()) : Uni.createFrom().voidItem();
  }

  private Uni<Void> gather(Gathering export, String issued, int pagesLeft) {
    if (export.state() != Gathering.State.GATHERING || pagesLeft == 0) {
      return Uni.createFrom().voidItem();
    }
    var peer = peers.all().get(export.serviceIndex());
    var request =
        ExportPersonalDataRequest.newBuilder()
            .setCitizenId(export.citizenId().toString())
            .setPageSize(PAGE_SIZE)
            .setPageToken(export.pageToken())
            .build();
    return OnBehalfOf.withToken(peer.stub(), issued)
        .exportPersonalData(request)
        .chain(page -> keep(export, peer.name(), page))
        .chain(next -> gather(next, issued, pagesLeft - 1));
  }

  private Uni<Gathering> keep(Gathering export, String service, ExportPersonalDataResponse page) {
    var part = new Gathering.Part(export.partCount(), service, items(page), page.getItemsCount());
    var after = export.after(part, page.getNextPageToken(), peers.all().size(), MAX_CHARACTERS);
    Instant next = Columns.now(clock).plus(LEASE);
    return database
        .inTransaction(tx -> repository.keep(tx, export, after, part, next))
        .map(
            kept -> {
              if (!kept) {
                throw new IllegalStateException("another process gathers the export");
              }
              return after;
            });
  }

  private static String items(ExportPersonalDataResponse page) {
    var items = new JsonArray();
    page.getItemsList()
        .forEach(
            item ->
                items.add(
                    new JsonObject()
                        .put("kind", item.getDataKind())
                        .put("data", new JsonObject(item.getJson()))));
    return items.encode();
  }
}
