package io.liangjiang.identity.session;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.citizen.Entry;
import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.miniprogram.App;
import io.liangjiang.identity.miniprogram.Apps;
import io.liangjiang.identity.miniprogram.MiniProgramCodes;
import io.liangjiang.identity.passkey.PasskeyAnswer;
import io.liangjiang.identity.passkey.Passkeys;
import io.liangjiang.identity.sms.SmsCodes;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.staff.StaffMembers;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The ways to prove again who one is: each that signs in. */
@ApplicationScoped
class FreshProofs {
  /** What a caller gives. */
  sealed interface Given permits ByMiniProgram, BySms, ByPasskey, ByPassword {}

  /** A code of a mini-program. */
  record ByMiniProgram(String appId, String jsCode) implements Given {}

  /** A code that came by SMS. */
  record BySms(PhoneNumber phone, String code) implements Given {}

  /** A device's answer. */
  record ByPasskey(PasskeyAnswer answer) implements Given {}

  /** A staff member's password; the name is the account's own. */
  record ByPassword(String password) implements Given {
    @Override
    public String toString() {
      return "ByPassword[]";
    }
  }

  private final Apps apps;
  private final MiniProgramCodes codes;
  private final SmsCodes smsCodes;
  private final Passkeys passkeys;
  private final StaffMembers staff;
  private final Citizens citizens;
  private final InstantSource clock;

  FreshProofs(
      Apps apps,
      MiniProgramCodes codes,
      SmsCodes smsCodes,
      Passkeys passkeys,
      StaffMembers staff,
      Citizens citizens,
      InstantSource clock) {
    this.apps = apps;
    this.codes = codes;
    this.smsCodes = smsCodes;
    this.passkeys = passkeys;
    this.staff = staff;
    this.citizens = citizens;
    this.clock = clock;
  }

  /** The proof, checked when somebody asks for it. Errors: those of signing in that way. */
  Uni<StepUps.Fresh> of(Given given, Caller caller, String address) {
    return Uni.createFrom()
        .deferred(
            () ->
                switch (given) {
                  case ByMiniProgram code ->
                      byMiniProgram(apps.require(code.appId()), code.jsCode(), address);
                  case BySms sms -> bySms(sms.phone(), sms.code(), address);
                  case ByPasskey passkey -> byPasskey(passkey.answer(), address);
                  case ByPassword password -> byPassword(caller, password.password(), address);
                });
  }

  private Uni<StepUps.Fresh> byMiniProgram(App app, String jsCode, String address) {
    return codes
        .exchange(app, jsCode, address)
        .chain(open -> citizens.find(app.id(), open.openId()))
        .map(entry -> fresh(entry, Authentication.BY_MINI_PROGRAM, FreshProofs::nothing));
  }

  private Uni<StepUps.Fresh> bySms(PhoneNumber phone, String code, String address) {
    return smsCodes
        .check(phone, code, address)
        .chain(
            proof ->
                citizens
                    .find(phone)
                    .map(
                        entry ->
                            fresh(entry, Authentication.BY_SMS, tx -> smsCodes.use(tx, proof))));
  }

  private Uni<StepUps.Fresh> byPasskey(PasskeyAnswer answer, String address) {
    return passkeys
        .check(answer.challengeId(), answer.credentialJson(), address)
        .map(
            proof ->
                new StepUps.Fresh(
                    proof.passkey().account(),
                    authentication(
                        proof.passkey().id(), Authentication.BY_PASSKEY, AssuranceLevel.FACE),
                    tx -> passkeys.use(tx, proof)));
  }

  private Uni<StepUps.Fresh> byPassword(Caller caller, String password, String address) {
    return staff
        .find(Account.of(caller).id())
        .map(found -> found.orElseThrow(FreshProofs::refused))
        .chain(member -> staff.authenticate(member.username(), password, address))
        .map(
            member ->
                new StepUps.Fresh(
                    new Account(Account.Kind.STAFF, member.id()),
                    authentication(null, Authentication.BY_PASSWORD, AssuranceLevel.FACE),
                    FreshProofs::nothing));
  }

  private StepUps.Fresh fresh(
      Optional<Entry> found, List<String> methods, Function<SqlConnection, Uni<Void>> use) {
    Entry entry = found.orElseThrow(FreshProofs::refused);
    return new StepUps.Fresh(
        new Account(Account.Kind.CITIZEN, entry.citizen().id()),
        authentication(entry.methodId(), methods, entry.ceiling()),
        use);
  }

  private Authentication authentication(
      @Nullable UUID methodId, List<String> methods, AssuranceLevel ceiling) {
    return new Authentication(methodId, methods, Columns.now(clock), ceiling);
  }

  private static Uni<Void> nothing(SqlConnection tx) {
    return Uni.createFrom().voidItem();
  }

  private static ServiceException refused() {
    return new ServiceException(
        IdentityReason.STEP_UP_REFUSED, "the proof is of no way to sign in to this account");
  }
}
