package io.liangjiang.platform.measure;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class TableGaugesTest {
  @Inject TableGauges gauges;
  @Inject MeterRegistry meters;
  @Inject Database database;

  private final String group = UUID.randomUUID().toString();

  @Test
  void showsZeroAndThenWhatIsThere() {
    execute("insert into event_cursor (consumer_group, position) values ($1, '')");
    gauges.ask().await().indefinitely();
    assertThat(parked()).isZero();

    execute(
        """
        insert into parked_event (consumer_group, event_id, event, failure)
        values ($1, gen_random_uuid(), '', 'it failed')
        """);
    gauges.ask().await().indefinitely();

    assertThat(parked()).isEqualTo(1);
  }

  @Test
  void knowsTheHoldsOfAServiceThatHoldsNothing() {
    gauges.ask().await().indefinitely();

    assertThat(meters.get("liangjiang.reservation.holds").tag("state", "overdue").gauge().value())
        .isZero();
  }

  private double parked() {
    return meters.get("liangjiang.events.parked").tag("group", group).gauge().value();
  }

  private void execute(String sql) {
    database.client().preparedQuery(sql).execute(Tuple.of(group)).await().indefinitely();
  }
}
