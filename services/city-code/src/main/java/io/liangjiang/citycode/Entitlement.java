package io.liangjiang.citycode;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the holder is entitled to beyond the door itself, so that a reader without a network can
 * show it. Each is one bit of the code; readers ignore bits they do not know, so that new ones
 * reach old terminals harmlessly.
 */
public enum Entitlement {
  /** Pays as a student. */
  STUDENT(0),
  /** Pays as a senior. */
  SENIOR(1),
  /** Pays as a disabled person. */
  DISABLED(2),
  /** Holds a pass that covers the door. */
  PASS(3);

  private final int bit;

  Entitlement(int bit) {
    this.bit = bit;
  }

  static int toBits(Set<Entitlement> entitlements) {
    int bits = 0;
    for (Entitlement entitlement : entitlements) {
      bits |= 1 << entitlement.bit;
    }
    return bits;
  }

  static Set<Entitlement> fromBits(int bits) {
    EnumSet<Entitlement> entitlements = EnumSet.noneOf(Entitlement.class);
    for (Entitlement entitlement : values()) {
      if ((bits & 1 << entitlement.bit) != 0) {
        entitlements.add(entitlement);
      }
    }
    return Collections.unmodifiableSet(entitlements);
  }
}
