package io.liangjiang.tourism.checkin;

import com.google.protobuf.Timestamp;
import io.liangjiang.platform.access.AccessRecords;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.events.Outbox;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.time.TimeOrderedId;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.ticket.Ticket;
import io.liangjiang.tourism.ticket.TicketRepository;
import io.liangjiang.tourism.v1.TicketRedeemed;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/** Lets people in. */
@ApplicationScoped
public class CheckIns {
  private static final String REDEEMED = "tourism.TicketRedeemed";

  private final Database database;
  private final ShownCodes shownCodes;
  private final AccessRecords accessRecords;
  private final Outbox outbox;
  private final InstantSource clock;

  CheckIns(
      Database database,
      ShownCodes shownCodes,
      AccessRecords accessRecords,
      Outbox outbox,
      InstantSource clock) {
    this.database = database;
    this.shownCodes = shownCodes;
    this.accessRecords = accessRecords;
    this.outbox = outbox;
    this.clock = clock;
  }

  /** What a gate sends; see the contract. */
  record Shown(String code, String gateId, String nonce) {}

  /**
   * Redeems what the code stands for, once; the same reading again gets the same answer. Errors:
   * see the contract.
   */
  Uni<CheckIn> redeem(Caller staff, Shown shown) {
    return siteOf(shown.gateId(), staff.requireOrganisationId())
        .map(site -> new CheckIn.Reading(site, shown.gateId(), shown.nonce(), sha256(shown.code())))
        .chain(reading -> replay(reading).chain(found -> goOn(staff, shown, reading, found)));
  }

  private Uni<CheckIn> goOn(
      Caller staff, Shown shown, CheckIn.Reading reading, Optional<CheckIn> replay) {
    return replay
        .map(checkIn -> Uni.createFrom().item(checkIn))
        .orElseGet(
            () -> shownCodes.read(shown.code()).chain(bearer -> enterOnce(staff, reading, bearer)));
  }

  /**
   * Two requests of one reading may come at once: the second one finds what the first one wrote.
   */
  private Uni<CheckIn> enterOnce(Caller staff, CheckIn.Reading reading, ShownCodes.Bearer bearer) {
    return database
        .inTransaction(tx -> enter(tx, staff, reading, bearer))
        .onFailure(CheckInRepository::isTaken)
        .recoverWithUni(
            failure ->
                replay(reading)
                    .map(
                        found ->
                            found.orElseThrow(
                                () -> new IllegalStateException("no check-in", failure))));
  }

  private Uni<CheckIn> enter(
      SqlConnection tx, Caller staff, CheckIn.Reading reading, ShownCodes.Bearer bearer) {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    return lock(tx, reading.siteId(), bearer, now)
        .chain(
            ticket ->
                ticket.state() == Ticket.State.REDEEMED
                    ? repeated(tx, ticket, reading)
                    : enter(tx, staff, allowed(ticket, reading, now)));
  }

  private CheckIn allowed(Ticket ticket, CheckIn.Reading reading, Instant now) {
    EntryRule.refusal(ticket, reading.siteId(), now)
        .ifPresent(
            refusal -> {
              throw refusal;
            });
    return new CheckIn(TimeOrderedId.next(clock), ticket, reading, now);
  }

  private Uni<CheckIn> enter(SqlConnection tx, Caller staff, CheckIn checkIn) {
    var ticket = checkIn.ticket();
    String ticketId = ticket.ticketId().toString();
    return TicketRepository.redeem(tx, ticket.ticketId(), checkIn.redeemTime())
        .chain(() -> CheckInRepository.insert(tx, checkIn, staff.subject()))
        .chain(
            () ->
                accessRecords.append(
                    tx,
                    staff,
                    ticket.citizenId().toString(),
                    "ticket-holder",
                    ticketId,
                    "gate check-in"))
        .chain(() -> outbox.append(tx, REDEEMED, ticketId, event(checkIn)))
        .replaceWith(checkIn);
  }

  private Uni<String> siteOf(String gateId, String organisationId) {
    return CheckInRepository.siteOfGate(database.client(), gateId, organisationId)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ServiceException(
                            TourismReason.GATE_NOT_FOUND,
                            "the caller's organisation has no such gate")));
  }

  private static Uni<Ticket> lock(
      SqlConnection tx, String siteId, ShownCodes.Bearer bearer, Instant now) {
    return switch (bearer) {
      case ShownCodes.OfTicket(var ticketId) ->
          TicketRepository.lock(tx, ticketId)
              .map(
                  found ->
                      found.orElseThrow(
                          () ->
                              new ServiceException(
                                  TourismReason.TICKET_NOT_FOUND, "there is no such ticket")));
      case ShownCodes.OfCitizen(var citizenId) ->
          TicketRepository.lockValid(tx, citizenId, siteId, now)
              .map(
                  found ->
                      found.orElseThrow(
                          () ->
                              new ServiceException(
                                  TourismReason.NO_VALID_TICKET,
                                  "the citizen has no ticket here that is valid now")));
    };
  }

  /**
   * What is on record of the reading or of its code. Errors: NONCE_REUSED, ALREADY_REDEEMED for
   * another reading.
   */
  private Uni<Optional<CheckIn>> replay(CheckIn.Reading reading) {
    var client = database.client();
    return CheckInRepository.of(client, reading)
        .map(kept -> kept.stream().findFirst().map(found -> sameReading(found, reading)))
        .chain(
            same ->
                same.map(
                        kept ->
                            TicketRepository.find(client, kept.ticketId())
                                .map(ticket -> ticket.map(t -> checkIn(kept, t))))
                    .orElse(Uni.createFrom().item(Optional.empty())));
  }

  private Uni<CheckIn> repeated(SqlConnection tx, Ticket ticket, CheckIn.Reading reading) {
    return CheckInRepository.ofTicket(tx, ticket.ticketId())
        .map(found -> checkIn(sameReading(found.orElseThrow(), reading), ticket));
  }

  private static CheckInRepository.Kept sameReading(
      CheckInRepository.Kept kept, CheckIn.Reading reading) {
    if (kept.reading().isSameAs(reading)) {
      return kept;
    }
    if (kept.reading().isAtSameMoment(reading)) {
      throw new ServiceException(
          TourismReason.NONCE_REUSED, "the gate used the nonce for another code");
    }
    throw new ServiceException(TourismReason.ALREADY_REDEEMED, "the code was used before")
        .with("redeemTime", kept.redeemTime())
        .with("gateId", kept.reading().gateId());
  }

  private static CheckIn checkIn(CheckInRepository.Kept kept, Ticket ticket) {
    return new CheckIn(kept.checkInId(), ticket, kept.reading(), kept.redeemTime());
  }

  private static TicketRedeemed event(CheckIn checkIn) {
    Timestamp time = ProtoTime.timestamp(checkIn.redeemTime());
    return TicketRedeemed.newBuilder()
        .setTicketId(checkIn.ticket().ticketId().toString())
        .setTripId(checkIn.ticket().tripId().toString())
        .setSiteId(checkIn.reading().siteId())
        .setGateId(checkIn.reading().gateId())
        .setRedeemTime(time)
        .build();
  }

  private static byte[] sha256(String code) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("SHA-256 is part of every JDK", e);
    }
  }
}
