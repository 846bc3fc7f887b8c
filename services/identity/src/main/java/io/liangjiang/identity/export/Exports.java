package io.liangjiang.identity.export;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.CreateExportRequest;
import io.liangjiang.identity.v1.DataExport;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.File;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Exports as citizens ask for them. */
@ApplicationScoped
public class Exports {
  private static final Duration KEPT = Duration.ofDays(7);

  private final ExportRepository repository;
  private final Citizens citizens;
  private final Idempotency idempotency;
  private final Database database;
  private final InstantSource clock;

  Exports(
      ExportRepository repository,
      Citizens citizens,
      Idempotency idempotency,
      Database database,
      InstantSource clock) {
    this.repository = repository;
    this.citizens = citizens;
    this.idempotency = idempotency;
    this.database = database;
    this.clock = clock;
  }

  /** Begins one, or answers with the one there is. Errors: CITIZEN_NOT_FOUND, REQUEST_ID_REUSED. */
  public Uni<DataExport> create(Caller caller, CreateExportRequest request) {
    UUID citizenId = UUID.fromString(caller.subject());
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        DataExport.getDefaultInstance(),
        tx ->
            citizens
                .lock(tx, citizenId)
                .chain(() -> repository.findLive(tx, citizenId, clock.instant()))
                .chain(live -> live.isPresent() ? item(live.get()) : begin(tx, citizenId))
                .map(ExportProto::export));
  }

  /** Errors: EXPORT_NOT_FOUND. */
  public Uni<DataExport> get(UUID citizenId, UUID exportId) {
    return find(citizenId, exportId).map(ExportProto::export);
  }

  /** Errors: EXPORT_NOT_FOUND, EXPORT_NOT_READY. */
  public Uni<File> download(UUID citizenId, UUID exportId) {
    return find(citizenId, exportId)
        .invoke(Exports::requireReady)
        .chain(
            export ->
                repository
                    .parts(database.client(), exportId)
                    .map(parts -> ExportProto.file(export, ExportArchive.zip(export, parts))));
  }

  private Uni<Gathering> find(UUID citizenId, UUID exportId) {
    return repository
        .find(database.client(), citizenId, exportId, clock.instant())
        .map(found -> found.orElseThrow(Exports::notFound));
  }

  private Uni<Gathering> begin(SqlConnection tx, UUID citizenId) {
    Instant now = Columns.now(clock);
    var export =
        new Gathering(
            UUID.randomUUID(),
            citizenId,
            Gathering.State.GATHERING,
            now,
            now.plus(KEPT),
            0,
            "",
            0,
            0,
            0);
    return repository.insert(tx, export).replaceWith(export);
  }

  private static Uni<Gathering> item(Gathering export) {
    return Uni.createFrom().item(export);
  }

  private static void requireReady(Gathering export) {
    if (export.state() != Gathering.State.READY) {
      throw new ServiceException(IdentityReason.EXPORT_NOT_READY, "the export cannot be fetched")
          .with("state", export.state());
    }
  }

  private static ServiceException notFound() {
    return new ServiceException(IdentityReason.EXPORT_NOT_FOUND, "the citizen has no such export");
  }
}
