package io.liangjiang.platform.test.architecture.planted.blockingcall;

import io.smallrye.mutiny.Uni;

final class PlantedWaiter {
  String read(Uni<String> answer) {
    return answer.await().indefinitely();
  }
}
