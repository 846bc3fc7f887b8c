package io.liangjiang.sandbox.sealed;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.time.InstantSource;

/** Makes a gate for each server. */
@Singleton
public final class SealedGates {
  private final InstantSource clock;
  private final ObjectMapper json;

  SealedGates(InstantSource clock, ObjectMapper json) {
    this.clock = clock;
    this.json = json;
  }

  /**
   * The gate of one server.
   *
   * @param name begins the names of its headers, for example {@code Bank} of {@code Bank-Nonce}
   * @param key what it shares with the city
   */
  public SealedGate of(String name, String key) {
    return new SealedGate(name, key, clock, json);
  }
}
