package io.liangjiang.identity.session;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.passkey.Passkey;
import io.liangjiang.identity.passkey.PasskeyAnswer;
import io.liangjiang.identity.passkey.Passkeys;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.staff.StaffMembers;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;

/** Signs citizens and staff in by their passkeys. */
@ApplicationScoped
class PasskeySignIns {
  private final Passkeys passkeys;
  private final SignIns signIns;
  private final StaffMembers staff;
  private final InstantSource clock;

  PasskeySignIns(Passkeys passkeys, SignIns signIns, StaffMembers staff, InstantSource clock) {
    this.passkeys = passkeys;
    this.signIns = signIns;
    this.staff = staff;
    this.clock = clock;
  }

  /** A challenge for whoever has a passkey. Errors: as the contract says. */
  Uni<Passkeys.Challenge> begin(UUID requestId, String address) {
    return passkeys.beginSignIn(requestId, address);
  }

  /** Signs in. Errors: as the contract says. */
  Uni<Grant> signIn(SignIns.Request request, PasskeyAnswer answer, String address) {
    return signIns
        .answered(request)
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(known.get())
                    : first(request, answer, address));
  }

  private Uni<Grant> first(SignIns.Request request, PasskeyAnswer answer, String address) {
    return passkeys
        .check(answer.challengeId(), answer.credentialJson(), address)
        .call(proof -> requireAccount(proof.passkey()))
        .chain(
            proof ->
                signIns.open(
                    request,
                    proof.passkey().account().isCitizen()
                        ? SmsSignIns.WEB_CLIENT
                        : SignIns.STAFF_CLIENT,
                    tx -> open(tx, proof)))
        .onFailure(PasskeySignIns::isUsedUp)
        .recoverWithUni(refusal -> signIns.answeredElsewhere(request, refusal));
  }

  /** Staff who were shut keep their keys, and come in with them no more. */
  private Uni<Void> requireAccount(Passkey passkey) {
    return passkey.account().isCitizen()
        ? Uni.createFrom().voidItem()
        : staff
            .find(passkey.account().id())
            .invoke(
                found -> {
                  if (found.isEmpty()) {
                    throw new ServiceException(
                        IdentityReason.STAFF_SUSPENDED, "the account was shut");
                  }
                })
            .replaceWithVoid();
  }

  private Uni<SignIns.Proven> open(SqlConnection tx, Passkeys.Proof proof) {
    return passkeys
        .use(tx, proof)
        .replaceWith(
            () ->
                new SignIns.Proven(
                    proof.passkey().account(),
                    new Authentication(
                        proof.passkey().id(),
                        Authentication.BY_PASSKEY,
                        Columns.now(clock),
                        AssuranceLevel.FACE)));
  }

  private static boolean isUsedUp(Throwable failure) {
    return failure instanceof ServiceException refusal
        && (refusal.reason() == IdentityReason.INVALID_PASSKEY_CHALLENGE
            || refusal.reason() == IdentityReason.INVALID_PASSKEY
            || refusal.reason() == IdentityReason.PASSKEY_COPIED);
  }
}
