package io.liangjiang.platform.test.architecture.planted.wireonstore;

final class PlantedGrpcService {
  private final PlantedRepository repository = new PlantedRepository();

  String read() {
    return repository.find();
  }
}
