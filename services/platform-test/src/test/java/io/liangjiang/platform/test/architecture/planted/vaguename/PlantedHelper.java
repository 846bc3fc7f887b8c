package io.liangjiang.platform.test.architecture.planted.vaguename;

final class PlantedHelper {}
