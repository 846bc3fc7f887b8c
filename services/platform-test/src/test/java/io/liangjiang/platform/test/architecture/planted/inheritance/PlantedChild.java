package io.liangjiang.platform.test.architecture.planted.inheritance;

final class PlantedChild extends PlantedParent {}
