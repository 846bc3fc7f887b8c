package io.liangjiang.payments.insurance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.payments.insurance.InsuranceBureau.Entry;
import io.liangjiang.payments.sealed.SealedClient.Said;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;

class StatementTextTest {
  private static final LocalDate DAY = LocalDate.of(2026, 5, 1);
  private static final String STATEMENT =
      """
      {"date":"2026-05-01","settledFen":1200,"reversedFen":700,"rows":[
        {"settlementNumber":"a1","kind":"SETTLEMENT","fen":500},
        {"settlementNumber":"b2","kind":"SETTLEMENT","fen":700},
        {"settlementNumber":"b2","kind":"REVERSAL","fen":700}]}
      """;

  @Test
  void readsRowsAndSums() {
    var statement = StatementText.read(said(STATEMENT), DAY);

    assertThat(statement.entries())
        .containsExactly(
            new Entry("a1", false, 500), new Entry("b2", false, 700), new Entry("b2", true, 700));
    assertThat(statement.settledMinor()).isEqualTo(1_200);
    assertThat(statement.reversedMinor()).isEqualTo(700);
    assertThat(statement.sha1()).hasSize(40);
  }

  @Test
  void anotherDayHasAnotherFingerprint() {
    String other = STATEMENT.replace("\"fen\":500", "\"fen\":501");

    assertThat(StatementText.read(said(other), DAY).sha1())
        .isNotEqualTo(StatementText.read(said(STATEMENT), DAY).sha1());
  }

  @Test
  void refusesAnotherDaysStatement() {
    assertThatThrownBy(() -> StatementText.read(said(STATEMENT), DAY.plusDays(1)))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void refusesARowThatIsNeither() {
    String odd = STATEMENT.replace("REVERSAL", "GIFT");

    assertThatThrownBy(() -> StatementText.read(said(odd), DAY))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("neither");
  }

  private static Said said(String body) {
    return new Said(200, new JsonObject(body));
  }
}
