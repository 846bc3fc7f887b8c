package io.liangjiang.identity.method;

import com.google.protobuf.Message;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.account.Account;
import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.method.Methods.Kept;
import io.liangjiang.identity.miniprogram.App;
import io.liangjiang.identity.miniprogram.Apps;
import io.liangjiang.identity.miniprogram.MiniProgramCodes;
import io.liangjiang.identity.passkey.Passkeys;
import io.liangjiang.identity.session.StepUps;
import io.liangjiang.identity.sms.SmsCodes;
import io.liangjiang.identity.v1.FinishPasskeyRegistrationRequest;
import io.liangjiang.identity.v1.LinkMiniProgramRequest;
import io.liangjiang.identity.v1.LinkPhoneRequest;
import io.liangjiang.identity.v1.SignInMethod;
import io.liangjiang.identity.work.Flights;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;

/** Adding a mini-program, a number, a passkey: what proves it is checked first, then kept once. */
@ApplicationScoped
class Linking {
  private record Flight(String subject, Message request) {}

  /**
   * Who asks for what.
   *
   * @param request as it may be remembered
   */
  private record Asked(Caller caller, String requestId, Message request) {
    Flight flight() {
      return new Flight(caller.subject(), request);
    }
  }

  private final Flights<Flight, SignInMethod> underWay = new Flights<>();
  private final Methods methods;
  private final StepUps stepUps;
  private final Apps apps;
  private final MiniProgramCodes codes;
  private final SmsCodes smsCodes;
  private final Passkeys passkeys;
  private final Accounts accounts;
  private final Idempotency idempotency;

  Linking(
      Methods methods,
      StepUps stepUps,
      Apps apps,
      MiniProgramCodes codes,
      SmsCodes smsCodes,
      Passkeys passkeys,
      Accounts accounts,
      Idempotency idempotency) {
    this.methods = methods;
    this.stepUps = stepUps;
    this.apps = apps;
    this.codes = codes;
    this.smsCodes = smsCodes;
    this.passkeys = passkeys;
    this.accounts = accounts;
    this.idempotency = idempotency;
  }

  /** Adds a mini-program. Errors: as the contract says. */
  Uni<SignInMethod> miniProgram(Caller caller, LinkMiniProgramRequest request, String address) {
    UUID owner = Account.of(caller).id();
    App app = apps.require(request.getAppId());
    return link(
        new Asked(caller, request.getRequestId(), request),
        () -> codes.exchange(app, request.getJsCode(), address),
        (tx, open) -> accounts.link(tx, owner, app, open));
  }

  /** Adds a number. Errors: as the contract says. */
  Uni<SignInMethod> phone(
      Caller caller, LinkPhoneRequest request, PhoneNumber phone, String address) {
    UUID owner = Account.of(caller).id();
    return link(
        new Asked(caller, request.getRequestId(), unreadable(request, phone)),
        () -> smsCodes.check(phone, request.getCode(), address),
        (tx, proof) -> smsCodes.use(tx, proof).chain(() -> accounts.link(tx, owner, phone)));
  }

  /** A challenge to add a passkey. Errors: as the contract says. */
  Uni<Passkeys.Challenge> beginPasskey(Caller caller, UUID requestId) {
    Account account = Account.of(caller);
    return stepUps
        .require(caller)
        .chain(() -> accounts.name(account))
        .chain(name -> passkeys.beginRegistration(requestId, account, name));
  }

  /** Adds a passkey. Errors: as the contract says. */
  Uni<SignInMethod> passkey(Caller caller, FinishPasskeyRegistrationRequest request) {
    Account account = Account.of(caller);
    UUID challengeId = UUID.fromString(request.getChallengeId());
    return link(
        new Asked(caller, request.getRequestId(), request),
        () -> passkeys.check(challengeId, account, request.getCredentialJson()),
        (tx, registration) ->
            passkeys
                .add(tx, registration, request.getLabel())
                .map(passkey -> new Kept(passkey.id(), true, List.of())));
  }

  /**
   * Keeps what was proved, once a request. What is good once is worth nothing when the request
   * comes again; the answer of the first time is given then.
   */
  private <P> Uni<SignInMethod> link(
      Asked asked, Supplier<Uni<P>> proof, BiFunction<SqlConnection, P, Uni<Kept>> keep) {
    return stepUps
        .require(asked.caller())
        .chain(() -> underWay.join(asked.flight(), () -> first(asked, proof, keep)));
  }

  private <P> Uni<SignInMethod> first(
      Asked asked, Supplier<Uni<P>> proof, BiFunction<SqlConnection, P, Uni<Kept>> keep) {
    return proof
        .get()
        .chain(
            proved ->
                once(asked, tx -> methods.add(tx, asked.caller(), t -> keep.apply(t, proved))))
        .onFailure(Linking::isUsedUp)
        .recoverWithUni(refusal -> once(asked, tx -> Uni.createFrom().failure(refusal)));
  }

  private Uni<SignInMethod> once(Asked asked, Function<SqlConnection, Uni<SignInMethod>> effect) {
    return idempotency.once(
        asked.caller(),
        asked.requestId(),
        asked.request(),
        SignInMethod.getDefaultInstance(),
        effect);
  }

  /** The request as it may be remembered: its number could be guessed from a plain hash. */
  private LinkPhoneRequest unreadable(LinkPhoneRequest request, PhoneNumber phone) {
    byte[] hash = smsCodes.credentialHash(phone, request.getCode());
    return LinkPhoneRequest.newBuilder()
        .setRequestId(request.getRequestId())
        .setCode(HexFormat.of().formatHex(hash))
        .build();
  }

  private static boolean isUsedUp(Throwable failure) {
    return failure instanceof ServiceException refusal
        && (refusal.reason() == IdentityReason.INVALID_JS_CODE
            || refusal.reason() == IdentityReason.INVALID_SMS_CODE
            || refusal.reason() == IdentityReason.INVALID_PASSKEY_CHALLENGE);
  }
}
