package io.liangjiang.payments.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import io.vertx.pgclient.PgException;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The database checks the texts of an account itself, but only when there is a new one. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class AccountTextsTest {
  private static final String OPEN =
      """
      insert into account (code, kind, currency_code, guarded, create_time)
      values ($1, 1, $2, false, now())
      """;

  @Inject Pool pool;

  @ParameterizedTest
  @CsvSource({
    "two words,CNY,account_code_is_plain",
    "'',CNY,account_code_is_plain",
    "texts/currency,yuan,currency_code_is_three_letters"
  })
  void refusesAText(String code, String currency, String constraint) {
    assertThatThrownBy(() -> open(code, currency))
        .isInstanceOfSatisfying(
            PgException.class, e -> assertThat(e.getConstraint()).isEqualTo(constraint));
  }

  @Test
  void refusesALongCode() {
    assertThatThrownBy(() -> open("a".repeat(101), "CNY")).isInstanceOf(PgException.class);
  }

  /** A pattern on the table itself would be matched with every balance that is written. */
  @Test
  void noCheckOfTheTableMatchesAPattern() {
    var checks =
        pool.query(
                """
                select pg_get_constraintdef(oid) from pg_constraint
                where conrelid in ('account'::regclass, 'transfer'::regclass) and contype = 'c'
                """)
            .execute()
            .await()
            .indefinitely();

    assertThat(checks).isNotEmpty().noneMatch(row -> row.getString(0).contains("~"));
  }

  private void open(String code, String currency) {
    pool.preparedQuery(OPEN).execute(Tuple.of(code, currency)).await().indefinitely();
  }
}
