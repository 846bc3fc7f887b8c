package io.liangjiang.platform.test.architecture.planted.reflectivecall;

final class PlantedMirror {
  Class<?> look(String name) throws ClassNotFoundException {
    return Class.forName(name);
  }
}
