package io.liangjiang.identity.session;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.citizen.Citizens.SignInIdentity;
import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.miniprogram.App;
import io.liangjiang.identity.miniprogram.Apps;
import io.liangjiang.identity.miniprogram.MiniProgramProvider;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.work.CallerContext;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Signs citizens in from mini-programs. The code works once at the provider, so what must survive a
 * lost answer is kept here: copies of a request that are under way together share one exchange,
 * later ones get the first one's session.
 */
@ApplicationScoped
class MiniProgramSignIns {
  /** Codes that the provider refused, from one address. */
  static final AttemptLimit BY_ADDRESS =
      new AttemptLimit("js-code-address", 100, Duration.ofMinutes(10));

  /** The codes of one request; a copy of it has the same. */
  record Codes(String appId, String jsCode, String phoneCode) {}

  private record Flight(SignIns.Request request, Codes codes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Flight flight
          && flight.request.id().equals(request.id())
          && flight.codes.equals(codes);
    }

    @Override
    public int hashCode() {
      return request.id().hashCode();
    }
  }

  private final Apps apps;
  private final MiniProgramProvider provider;
  private final SignIns signIns;
  private final Citizens citizens;
  private final AttemptLimits limits;
  private final InstantSource clock;
  private final Map<Flight, Uni<Grant>> underWay = new ConcurrentHashMap<>();

  MiniProgramSignIns(
      Apps apps,
      MiniProgramProvider provider,
      SignIns signIns,
      Citizens citizens,
      AttemptLimits limits,
      InstantSource clock) {
    this.apps = apps;
    this.provider = provider;
    this.signIns = signIns;
    this.citizens = citizens;
    this.limits = limits;
    this.clock = clock;
  }

  /** Signs in. Errors: as the contract says. */
  Uni<Grant> signIn(SignIns.Request request, Codes codes, String address) {
    App app = apps.require(codes.appId());
    Flight flight = new Flight(request, codes);
    return signIns
        .answered(request)
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(known.get())
                    : CallerContext.deliver(
                        underWay.computeIfAbsent(
                            flight, f -> share(f, exchange(app, request, codes, address)))));
  }

  private Uni<Grant> share(Flight flight, Uni<Grant> work) {
    return work.onTermination().invoke(() -> underWay.remove(flight)).memoize().indefinitely();
  }

  private Uni<Grant> exchange(App app, SignIns.Request request, Codes codes, String address) {
    return limits
        .requireOpen(BY_ADDRESS, address)
        .chain(() -> provider.exchange(app, codes.jsCode()))
        .onFailure(MiniProgramSignIns::isBadCode)
        .call(() -> limits.acquire(BY_ADDRESS, address))
        .chain(
            open ->
                phone(app, codes.phoneCode())
                    .map(
                        phone ->
                            new SignInIdentity(
                                app.id(), open.openId(), open.unionId(), phone.orElse(null))))
        .chain(identity -> open(request, app, identity))
        .onFailure(MiniProgramSignIns::isBadCode)
        .recoverWithUni(refusal -> signIns.answeredElsewhere(request, refusal));
  }

  private Uni<Grant> open(SignIns.Request request, App app, SignInIdentity identity) {
    return signIns.open(
        request,
        app.id(),
        tx ->
            citizens
                .signedIn(tx, identity)
                .map(
                    entry ->
                        new SignIns.Proven(
                            new Account(Account.Kind.CITIZEN, entry.citizen().id()),
                            new Authentication(
                                entry.methodId(),
                                Authentication.BY_MINI_PROGRAM,
                                Columns.now(clock),
                                entry.ceiling()))));
  }

  private Uni<Optional<PhoneNumber>> phone(App app, String phoneCode) {
    return phoneCode.isEmpty()
        ? Uni.createFrom().item(Optional.empty())
        : provider.phoneNumber(app, phoneCode).map(PhoneNumber::of).map(Optional::of);
  }

  private static boolean isBadCode(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == IdentityReason.INVALID_JS_CODE;
  }
}
