package io.liangjiang.tourism.checkin;

import io.liangjiang.citycode.CityCodeClaims;
import io.liangjiang.citycode.CodeKind;
import io.liangjiang.citycode.Verification;
import io.liangjiang.citycode.Verification.Reason;
import io.liangjiang.citycode.Verification.Refused;
import io.liangjiang.citycode.Verification.Valid;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.ticket.TicketCodes;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.UUID;

/** Finds out what a code that was shown stands for. */
@ApplicationScoped
public class ShownCodes {
  private final TicketCodes ticketCodes;
  private final CityCodes cityCodes;
  private final InstantSource clock;

  ShownCodes(TicketCodes ticketCodes, CityCodes cityCodes, InstantSource clock) {
    this.ticketCodes = ticketCodes;
    this.cityCodes = cityCodes;
    this.clock = clock;
  }

  /** What a code stands for. */
  sealed interface Bearer {}

  /** One ticket. */
  record OfTicket(UUID ticketId) implements Bearer {}

  /** A citizen, and so one of the tickets the citizen bought. */
  record OfCitizen(UUID citizenId) implements Bearer {}

  /** Errors: INVALID_CODE, CODE_EXPIRED, UNAVAILABLE. */
  Uni<Bearer> read(String code) {
    return ticketCodes
        .keys()
        .map(keys -> keys.verify(code, clock.instant()))
        .chain(
            verification ->
                verification instanceof Refused(var reason) && reason == Reason.UNKNOWN_KEY
                    ? cityCodes.verify(code).map(city -> bearer(city, CodeKind.CITIZEN))
                    : Uni.createFrom().item(() -> bearer(verification, CodeKind.TICKET)));
  }

  /** A key is good for one kind of code: transit's for citizens', this service's for tickets'. */
  private static Bearer bearer(Verification verification, CodeKind kind) {
    return switch (verification) {
      case Valid(CityCodeClaims claims) when claims.kind() == kind ->
          kind == CodeKind.TICKET
              ? new OfTicket(claims.subject())
              : new OfCitizen(claims.subject());
      case Valid valid -> throw invalid();
      case Refused(Reason reason) ->
          throw switch (reason) {
            case NOT_YET_VALID, EXPIRED, REVOKED ->
                new ServiceException(
                    TourismReason.CODE_EXPIRED, "the code is not good now: show a fresh one");
            case MALFORMED, UNKNOWN_KEY, BAD_SIGNATURE -> invalid();
          };
    };
  }

  private static ServiceException invalid() {
    return new ServiceException(TourismReason.INVALID_CODE, "this is no code of the city");
  }
}
