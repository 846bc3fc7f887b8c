package io.liangjiang.tourism.checkin;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.slot.TimeSlot;
import io.liangjiang.tourism.ticket.Ticket;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class EntryRuleTest {
  private static final Instant OPENS = Instant.parse("2026-03-03T00:00:00Z");
  private static final Instant START = OPENS.plusSeconds(1800);
  private static final Instant END = START.plusSeconds(7200);
  private static final Instant CLOSES = END.plusSeconds(900);

  @Test
  void opensFromTheEarliestToTheLatestMoment() {
    assertThat(EntryRule.refusal(ticket(Ticket.State.ISSUED), "here", OPENS)).isEmpty();
    assertThat(EntryRule.refusal(ticket(Ticket.State.ISSUED), "here", CLOSES.minusNanos(1)))
        .isEmpty();
  }

  @Test
  void saysWhenToComeBackOrThatItIsTooLate() {
    var early = refusal(Ticket.State.ISSUED, "here", OPENS.minusNanos(1));
    var late = refusal(Ticket.State.ISSUED, "here", CLOSES);

    assertThat(early.reason()).isEqualTo(TourismReason.TOO_EARLY);
    assertThat(early.metadata()).isEqualTo(Map.of("startTime", START.toString()));
    assertThat(late.reason()).isEqualTo(TourismReason.TOO_LATE);
    assertThat(late.metadata()).isEqualTo(Map.of("endTime", END.toString()));
  }

  @Test
  void namesTheSiteThatTheTicketIsFor() {
    var refusal = refusal(Ticket.State.ISSUED, "elsewhere", START);

    assertThat(refusal.reason()).isEqualTo(TourismReason.WRONG_SITE);
    assertThat(refusal.metadata()).isEqualTo(Map.of("siteId", "here"));
  }

  @Test
  void refusesATicketThatWasGivenBackWhateverElseIsWrong() {
    assertThat(refusal(Ticket.State.CANCELLED, "elsewhere", CLOSES).reason())
        .isEqualTo(TourismReason.TICKET_CANCELLED);
  }

  private static ServiceException refusal(Ticket.State state, String siteId, Instant now) {
    return EntryRule.refusal(ticket(state), siteId, now).orElseThrow();
  }

  private static Ticket ticket(Ticket.State state) {
    var slot =
        new TimeSlot(
            UUID.randomUUID(),
            "product",
            "here",
            LocalDate.of(2026, 3, 3),
            new TimeSlot.Times(START, END, OPENS, CLOSES));
    return new Ticket(
        UUID.randomUUID(),
        UUID.randomUUID(),
        UUID.randomUUID(),
        state,
        slot,
        "ADULT",
        "张**",
        "code",
        null);
  }
}
