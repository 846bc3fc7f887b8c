package io.liangjiang.payments.insurance;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.liangjiang.payments.insurance.InsuranceBureau.Entry;
import io.liangjiang.payments.insurance.InsuranceBureau.Statement;
import io.liangjiang.payments.sealed.SealedClient.Said;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;

/** Reads the bureau's statement of a day. */
final class StatementText {
  private StatementText() {}

  static Statement read(Said said, LocalDate day) {
    said.requireAbout("date", day.toString());
    JsonObject body = said.body();
    JsonArray rows = body.getJsonArray("rows");
    List<Entry> entries =
        IntStream.range(0, rows.size())
            .mapToObj(rows::getJsonObject)
            .map(StatementText::entry)
            .toList();
    return new Statement(
        entries, body.getLong("settledFen"), body.getLong("reversedFen"), sha1(body.encode()));
  }

  private static Entry entry(JsonObject row) {
    boolean isReversal =
        switch (row.getString("kind", "")) {
          case "SETTLEMENT" -> false;
          case "REVERSAL" -> true;
          default -> throw new IllegalStateException("neither a settlement nor a reversal");
        };
    return new Entry(row.getString("settlementNumber"), isReversal, row.getLong("fen"));
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("this JDK has no SHA-1", e);
    }
  }
}
