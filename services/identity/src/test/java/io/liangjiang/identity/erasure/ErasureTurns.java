package io.liangjiang.identity.erasure;

import static io.liangjiang.identity.SignedIn.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Has erasures carried on when a test says so. */
@ApplicationScoped
public class ErasureTurns {
  @Inject ErasureSweep sweep;

  public void run() {
    await(sweep.sweep());
  }
}
