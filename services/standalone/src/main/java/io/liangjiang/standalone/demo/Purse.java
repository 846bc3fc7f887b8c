package io.liangjiang.standalone.demo;

import io.liangjiang.standalone.phone.Answer;
import java.util.Map;
import java.util.UUID;

/** The wallet and what is paid. */
final class Purse {
  private final Story story;
  private final Family family;

  Purse(Story story, Family family) {
    this.story = story;
    this.family = family;
  }

  static Map<String, Object> money(long fen) {
    return Map.of("amountMinor", fen, "currencyCode", "CNY");
  }

  long balance() {
    return story
        .good("wallet", family.phone().get("/v1/wallets/me"))
        .number("/balance/amountMinor");
  }

  void fill(long fen) {
    story.chapter("She fills her wallet through the payment channel");
    UUID key = UUID.randomUUID();
    Map<String, Object> body = Map.of("amount", money(fen), "channel", "SANDBOX_PAY");
    Answer topUp = story.good("top-up", family.phone().post("/v1/wallets/me/topUps", body, key));
    Answer again =
        story.good("top-up again", family.phone().post("/v1/wallets/me/topUps", body, key));
    story.holds(
        "the same key is the same top-up",
        topUp.text("/topUpId").equals(again.text("/topUpId")),
        again);
    String path = "/v1/wallets/me/topUps/" + topUp.text("/topUpId");
    story.awaited(
        "the channel confirms the top-up",
        () -> family.phone().get(path),
        answer -> answer.text("/state").equals("SUCCEEDED"));
    long balance = balance();
    story.holds("balance", balance == fen, topUp);
    story.tell(
        "Paid by the simulated phone, confirmed by signed call-back; sent twice, booked once");
    story.tell("Balance: " + Story.yuan(balance));
  }

  /** Pays and waits until the money is there. */
  void pay(String paymentOrderId, String channel) {
    String path = "/v1/paymentOrders/" + paymentOrderId;
    UUID key = UUID.randomUUID();
    Map<String, Object> body = Map.of("channel", channel);
    story.good("payment", family.phone().post(path + ":pay", body, key));
    story.good("the same payment again", family.phone().post(path + ":pay", body, key));
    Answer paid =
        story.awaited(
            "payment order paid",
            () -> family.phone().get(path),
            answer -> answer.text("/state").equals("SUCCEEDED"));
    story.tell("Paid %s by %s".formatted(Story.yuan(paid.number("/amount/amountMinor")), channel));
  }
}
