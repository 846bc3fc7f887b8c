package io.liangjiang.platform.test.architecture.planted.packagecycle.two;

import io.liangjiang.platform.test.architecture.planted.packagecycle.one.PlantedOne;
import java.util.List;

public record PlantedTwo(List<PlantedOne> ones) {
  public PlantedOne first() {
    return ones.getFirst();
  }
}
