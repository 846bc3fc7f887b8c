package io.liangjiang.platform.test.architecture.planted.nothing;

import io.smallrye.mutiny.Uni;

final class HoldGrpcService {
  private final Holds holds;

  HoldGrpcService(Holds holds) {
    this.holds = holds;
  }

  Uni<String> createHold(String id) {
    return holds.create(new Base32Id(id)).map(Hold::holdId);
  }
}
