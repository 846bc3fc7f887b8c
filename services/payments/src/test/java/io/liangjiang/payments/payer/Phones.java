package io.liangjiang.payments.payer;

import jakarta.inject.Singleton;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which citizens have signed in from the mini-program: all but those of whom a test says no. */
@Singleton
public class Phones {
  /** The mini-program of the channel in tests. */
  public static final String APP_ID = "wx-of-the-tests";

  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private volatile boolean strange;
  private volatile boolean away;

  /** The citizen has never signed in from it. */
  public void unlink(String citizenId) {
    unknown.add(citizenId);
  }

  /** Nobody has ever signed in from it. */
  public void knowNobody(boolean isStrange) {
    strange = isStrange;
  }

  /** Identity cannot answer. */
  public void beAway(boolean isAway) {
    away = isAway;
  }

  public static String openIdOf(String citizenId) {
    return "o" + citizenId.replace("-", "");
  }

  boolean isAway() {
    return away;
  }

  boolean knows(String citizenId) {
    return !strange && !unknown.contains(citizenId);
  }
}
