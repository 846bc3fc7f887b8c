package io.liangjiang.identity.erasure;

import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What services did, by erasure, each in its order. */
record Steps(Map<UUID, List<Case.Step>> byErasure) {
  List<Case.Step> of(UUID erasureId) {
    return byErasure.getOrDefault(erasureId, List.of());
  }
}
