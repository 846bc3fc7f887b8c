package io.liangjiang.platform.test.architecture.planted.transactionoutsideusecase;

import io.liangjiang.platform.data.Database;
import io.smallrye.mutiny.Uni;

final class PlantedRepository {
  private final Database database;

  PlantedRepository(Database database) {
    this.database = database;
  }

  Uni<Void> insert() {
    return database.inTransaction(tx -> Uni.createFrom().voidItem());
  }
}
