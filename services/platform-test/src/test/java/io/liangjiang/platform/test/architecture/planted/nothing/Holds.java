package io.liangjiang.platform.test.architecture.planted.nothing;

import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;
import java.time.InstantSource;

final class Holds {
  private final Database database;
  private final HoldRepository repository;
  private final InstantSource clock;

  Holds(Database database, HoldRepository repository, InstantSource clock) {
    this.database = database;
    this.repository = repository;
    this.clock = clock;
  }

  Uni<Hold> create(Base32Id id) {
    var hold = new Hold(id.text(), clock.instant());
    return database.inTransaction(tx -> repository.insert(tx, hold));
  }
}
