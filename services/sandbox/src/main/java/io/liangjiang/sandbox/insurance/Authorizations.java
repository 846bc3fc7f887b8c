package io.liangjiang.sandbox.insurance;

import io.liangjiang.sandbox.SandboxException;
import io.liangjiang.sandbox.person.PersonRegister;
import io.liangjiang.sandbox.store.Store;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.InstantSource;
import java.util.UUID;

/** What insured persons allow on their phones: one bill's settlement each, within 30 minutes. */
@Singleton
final class Authorizations {
  static final Duration LIFE = Duration.ofMinutes(30);

  private final Store store;
  private final PersonRegister persons;
  private final InstantSource clock;

  Authorizations(Store store, PersonRegister persons, InstantSource clock) {
    this.store = store;
    this.persons = persons;
    this.clock = clock;
  }

  /** Errors: 404 NOT_INSURED, 400 INVALID_COVERAGE. */
  String allow(AuthorizationRequest request) {
    request.check();
    if (request.idNumber() == null || !persons.knows(request.idNumber())) {
      throw new SandboxException(404, "NOT_INSURED", "nobody with this number is insured");
    }
    String payAuthNo = "AUTH" + UUID.randomUUID().toString().replace("-", "");
    store.inTransaction(
        tx ->
            tx.update(
                "insert into insurance_authorization (pay_auth_no, id_number, gov_percent,"
                    + " account_percent, other_percent, expires_at) values (?, ?, ?, ?, ?, ?)",
                payAuthNo,
                request.idNumber(),
                request.gov(),
                request.account(),
                request.other(),
                clock.instant().plus(LIFE)));
    return payAuthNo;
  }
}
