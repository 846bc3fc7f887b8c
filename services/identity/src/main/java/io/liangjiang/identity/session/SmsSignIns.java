package io.liangjiang.identity.session;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.sms.SmsCodes;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;

/** Signs citizens in by the code that their phone got. */
@ApplicationScoped
class SmsSignIns {
  /** Client of a citizen outside a mini-program. */
  static final String WEB_CLIENT = "web";

  private final SmsCodes codes;
  private final SignIns signIns;
  private final Citizens citizens;
  private final InstantSource clock;

  SmsSignIns(SmsCodes codes, SignIns signIns, Citizens citizens, InstantSource clock) {
    this.codes = codes;
    this.signIns = signIns;
    this.citizens = citizens;
    this.clock = clock;
  }

  /** Sends a code. Errors: as the contract says. */
  Uni<SmsCodes.Sent> send(UUID requestId, PhoneNumber phone, String address) {
    return codes.send(requestId, phone, address);
  }

  /** What tells one sign-in from another under the same request id. */
  byte[] credentialHash(PhoneNumber phone, String code) {
    return codes.credentialHash(phone, code);
  }

  /** Signs in. Errors: as the contract says. */
  Uni<Grant> signIn(SignIns.Request request, PhoneNumber phone, String code, String address) {
    return signIns
        .answered(request)
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(known.get())
                    : first(request, phone, code, address));
  }

  private Uni<Grant> first(
      SignIns.Request request, PhoneNumber phone, String code, String address) {
    return codes
        .check(phone, code, address)
        .chain(proof -> signIns.open(request, WEB_CLIENT, tx -> open(tx, proof)))
        .onFailure(SmsSignIns::isBadCode)
        .recoverWithUni(refusal -> signIns.answeredElsewhere(request, refusal));
  }

  private Uni<SignIns.Proven> open(SqlConnection tx, SmsCodes.Proof proof) {
    return codes
        .use(tx, proof)
        .chain(() -> citizens.signedIn(tx, proof.phone()))
        .map(entry -> SignIns.Proven.by(entry, Authentication.BY_SMS, Columns.now(clock)));
  }

  private static boolean isBadCode(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == IdentityReason.INVALID_SMS_CODE;
  }
}
