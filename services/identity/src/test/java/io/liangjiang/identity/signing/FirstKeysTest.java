package io.liangjiang.identity.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

@IdentityTest
class FirstKeysTest {
  private static final int ASKED_AT_ONCE = 200;

  @Inject SigningKeyRepository repository;
  @Inject SigningKeyFactory factory;
  @Inject SigningWorkers workers;
  @Inject Database database;
  @Inject Idempotency idempotency;
  @Inject AuditRecords audit;
  @Inject IdentitySettings settings;
  @Inject InstantSource clock;

  @Test
  void loadsTheRingOnceForAllWhoAskAtTheStart() {
    var keys =
        new SigningKeys(
            repository, factory, workers, database, idempotency, audit, settings, clock);
    List<Uni<KeyRing>> questions = new ArrayList<>();
    for (int i = 0; i < ASKED_AT_ONCE; i++) {
      questions.add(keys.current());
    }

    List<KeyRing> rings =
        SignedIn.await(Uni.join().all(questions).usingConcurrencyOf(ASKED_AT_ONCE).andFailFast());

    assertThat(rings).hasSize(ASKED_AT_ONCE);
    assertThat(rings).allSatisfy(ring -> assertThat(ring).isSameAs(rings.getFirst()));
  }
}
