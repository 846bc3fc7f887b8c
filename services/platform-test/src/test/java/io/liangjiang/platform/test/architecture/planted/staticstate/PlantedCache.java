package io.liangjiang.platform.test.architecture.planted.staticstate;

import java.util.concurrent.ConcurrentHashMap;

final class PlantedCache {
  static final ConcurrentHashMap<String, String> SEEN = new ConcurrentHashMap<>();
}
