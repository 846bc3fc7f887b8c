package io.liangjiang.platform.test.architecture.planted.staticstate;

final class PlantedCounter {
  static int count = 0;
}
