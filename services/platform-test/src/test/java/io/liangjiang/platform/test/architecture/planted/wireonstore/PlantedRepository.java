package io.liangjiang.platform.test.architecture.planted.wireonstore;

final class PlantedRepository {
  String find() {
    return "found";
  }
}
