package io.liangjiang.platform.test.architecture.planted.frameworkindomain;

import io.smallrye.mutiny.Uni;

record PlantedSlot(int remaining) {
  Uni<Integer> read() {
    return Uni.createFrom().item(remaining);
  }
}
