package io.liangjiang.identity.session;

import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.citizen.Citizens.SignInIdentity;
import io.liangjiang.identity.citizen.Entry;
import io.liangjiang.identity.citizen.PhoneNumber;
import io.liangjiang.identity.miniprogram.App;
import io.liangjiang.identity.miniprogram.Apps;
import io.liangjiang.identity.miniprogram.MiniProgramCodes;
import io.liangjiang.identity.miniprogram.MiniProgramProvider;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.work.Flights;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Signs citizens in from mini-programs. The code works once at the provider, so what must survive a
 * lost answer is kept here: copies of a request that are under way together share one exchange,
 * later ones get the first one's session.
 */
@ApplicationScoped
class MiniProgramSignIns {
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
  private final Sessions sessions;
  private final Citizens citizens;
  private final MiniProgramCodes exchanges;
  private final InstantSource clock;
  private final Flights<Flight, Grant> underWay = new Flights<>();

  MiniProgramSignIns(
      Apps apps,
      MiniProgramProvider provider,
      SignIns signIns,
      Sessions sessions,
      Citizens citizens,
      MiniProgramCodes exchanges,
      InstantSource clock) {
    this.apps = apps;
    this.provider = provider;
    this.signIns = signIns;
    this.sessions = sessions;
    this.citizens = citizens;
    this.exchanges = exchanges;
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
                    : underWay.join(flight, () -> exchange(app, request, codes, address)));
  }

  private Uni<Grant> exchange(App app, SignIns.Request request, Codes codes, String address) {
    return exchanges
        .exchange(app, codes.jsCode(), address)
        .chain(
            open ->
                phone(app, codes.phoneCode())
                    .map(
                        phone ->
                            new SignInIdentity(
                                app.id(), open.openId(), open.unionId(), phone.orElse(null))))
        .chain(identity -> open(request, app, identity))
        .onFailure(MiniProgramCodes::isBadCode)
        .recoverWithUni(refusal -> signIns.answeredElsewhere(request, refusal));
  }

  private Uni<Grant> open(SignIns.Request request, App app, SignInIdentity identity) {
    return signIns.open(
        request,
        app.id(),
        tx ->
            citizens
                .signedIn(tx, identity)
                .chain(
                    arrival -> {
                      var proven = proven(arrival.entry());
                      return sessions
                          .endOpenedWith(tx, proven.account(), arrival.outdated())
                          .replaceWith(proven);
                    }));
  }

  private SignIns.Proven proven(Entry entry) {
    return SignIns.Proven.by(entry, Authentication.BY_MINI_PROGRAM, Columns.now(clock));
  }

  private Uni<Optional<PhoneNumber>> phone(App app, String phoneCode) {
    return phoneCode.isEmpty()
        ? Uni.createFrom().item(Optional.empty())
        : provider.phoneNumber(app, phoneCode).map(PhoneNumber::of).map(Optional::of);
  }
}
