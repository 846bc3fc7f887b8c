package io.liangjiang.healthcare.hospital;

import io.liangjiang.healthcare.HealthcareSettings;
import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;

/** Loads the hospitals' files. Safe to repeat: a file is written over what it said before. */
@ApplicationScoped
class HospitalFiles {
  private final Database database;
  private final HospitalRepository repository;
  private final HealthcareSettings settings;
  private final Vertx vertx;

  HospitalFiles(
      Database database, HospitalRepository repository, HealthcareSettings settings, Vertx vertx) {
    this.database = database;
    this.repository = repository;
    this.settings = settings;
    this.vertx = vertx;
  }

  /** Loads all files, one transaction a file. */
  Uni<Void> load() {
    return Multi.createFrom()
        .iterable(settings.hospitalFiles())
        .onItem()
        .transformToUniAndConcatenate(this::load)
        .collect()
        .last()
        .replaceWithVoid();
  }

  private Uni<Void> load(String path) {
    return vertx
        .fileSystem()
        .readFile(path)
        .map(content -> new JsonObject(content.toString()))
        .chain(file -> database.inTransaction(tx -> repository.load(tx, file)));
  }
}
