package io.liangjiang.platform.test.architecture.planted.nothing;

import java.util.List;

record Base32Id(String text) {
  static final List<String> RESERVED = List.of("0");
}
