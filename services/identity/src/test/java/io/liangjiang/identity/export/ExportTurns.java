package io.liangjiang.identity.export;

import static io.liangjiang.identity.SignedIn.await;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

/** Has exports carried on when a test says so. */
@ApplicationScoped
public class ExportTurns {
  @Inject ExportSweep sweep;

  public void run() {
    await(sweep.sweep());
  }

  void forget() {
    await(sweep.forget());
  }
}
