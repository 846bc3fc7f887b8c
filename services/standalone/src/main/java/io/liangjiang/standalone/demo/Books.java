package io.liangjiang.standalone.demo;

import com.fasterxml.jackson.databind.JsonNode;
import io.liangjiang.standalone.phone.Answer;
import java.util.Map;

/** The shop gives a ticket's money back, and the auditor looks at the books. */
final class Books {
  private static final long REFUND_FEN = 6250;

  private final Story story;
  private final Family family;
  private final Purse purse;
  private final Staff staff;

  Books(Story story, Family family, Purse purse, Staff staff) {
    this.story = story;
    this.family = family;
    this.purse = purse;
    this.staff = staff;
  }

  void refund(String paymentOrderId) {
    story.chapter("The park gives the price of the child's ticket back");
    long before = purse.balance();
    String path = "/v1/paymentOrders/" + paymentOrderId + ":refund";
    Map<String, Object> body = Map.of("amount", Purse.money(REFUND_FEN), "reason", "索道检修");
    story.refused(
        "a refund asked for by the citizen herself",
        family.phone().post(path, body),
        403,
        "PERMISSION_DENIED");
    story.good("refund", staff.device("merchant").post(path, body));
    Answer order =
        story.awaited(
            "the order is partially refunded",
            () -> family.phone().get("/v1/paymentOrders/" + paymentOrderId),
            answer -> answer.text("/state").equals("PARTIALLY_REFUNDED"));
    story.holds("money is back", purse.balance() == before + REFUND_FEN, order);
    story.tell(
        "%s came back; balance %s".formatted(Story.yuan(REFUND_FEN), Story.yuan(purse.balance())));
  }

  void close() {
    story.chapter("The auditor closes the day");
    Answer entries =
        story.good("entries", family.phone().get("/v1/wallets/me/entries?pageSize=50"));
    long sum = 0;
    for (JsonNode entry : entries.body().path("entries")) {
      long fen = entry.path("amount").path("amountMinor").asLong();
      sum += fen;
      story.tell("%-8s %12s".formatted(entry.path("kind").asText(), Story.yuan(fen)));
    }
    story.holds("the entries add up to the balance", sum == purse.balance(), entries);
    story.refused(
        "the books for somebody who is no auditor",
        family.phone().get("/v1/trialBalance"),
        403,
        "PERMISSION_DENIED");
    Answer balance = story.good("trial balance", staff.device("auditor").get("/v1/trialBalance"));
    for (JsonNode line : balance.body().path("lines")) {
      story.tell(
          "%-10s %4d accounts   debits %14s   credits %14s"
              .formatted(
                  line.path("kind").asText(),
                  line.path("accountCount").asInt(),
                  Story.yuan(line.path("debitsMinor").asLong()),
                  Story.yuan(line.path("creditsMinor").asLong())));
    }
    story.holds("the books are zero", balance.number("/sumMinor") == 0, balance);
    story.holds(
        "the journal agrees", balance.body().path("balancesMatchJournal").asBoolean(), balance);
    story.tell("Sum of all accounts: " + Story.yuan(balance.number("/sumMinor")));
  }
}
