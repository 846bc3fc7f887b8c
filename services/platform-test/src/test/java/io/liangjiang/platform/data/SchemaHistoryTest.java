package io.liangjiang.platform.data;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class SchemaHistoryTest {
  private static final Duration LIMIT = Duration.ofSeconds(10);

  @Inject SchemaHistory history;
  @Inject Pool pool;

  private SqlConnection connection;

  /** One of the test's own, which hides the real one from its connection. */
  @BeforeEach
  void copy() {
    connection = await(pool.getConnection());
    run("create temp table flyway_schema_history as select * from public.flyway_schema_history");
  }

  @AfterEach
  void end() {
    run("drop table pg_temp.flyway_schema_history");
    await(connection.close());
  }

  @Test
  void knowsWhatFlywayHasRun() {
    assertThat(isOfThisBuild()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "delete from flyway_schema_history",
        "delete from flyway_schema_history where version = '0.8'",
        "update flyway_schema_history set checksum = checksum + 1 where version = '0.8'",
        "update flyway_schema_history set checksum = null where version = '0.8'",
        "update flyway_schema_history set success = false where version = '0.8'",
        "update flyway_schema_history set type = 'DELETE' where version = '0.8'",
        "update flyway_schema_history set script = 'V0_8__other.sql' where version = '0.8'",
        "insert into flyway_schema_history select 99, '99', 'later', 'SQL', 'db/V99__later.sql', 1,"
            + " 'somebody', now(), 1, true"
      })
  void leavesToFlywayWhatIsNotAsInThisBuild(String change) {
    run(change);

    assertThat(isOfThisBuild()).isFalse();
  }

  @Test
  void ofAScriptThatRanTwiceTheLastTimeCounts() {
    run(
        """
        insert into flyway_schema_history
        select 99, version, description, type, script, checksum + 1, installed_by, installed_on,
               execution_time, success
        from flyway_schema_history where version = '0.8'
        """);
    assertThat(isOfThisBuild()).isFalse();

    run("update flyway_schema_history set installed_rank = 0 where installed_rank = 99");
    assertThat(isOfThisBuild()).isTrue();
  }

  /** Of a place that is written otherwise no script is found, which is not to say there is none. */
  @Test
  void leavesToFlywayADatabaseThatHasRunNothing() {
    run("delete from flyway_schema_history");

    var elsewhere = new SchemaHistory(List.of("classpath:db/platform"));
    assertThat(await(elsewhere.isOfThisBuild(connection))).isFalse();
  }

  @Test
  void knowsNothingOfADatabaseWithoutHistory() {
    run("create schema nothing");
    run("set search_path = nothing");
    run("alter table pg_temp.flyway_schema_history rename to hidden");
    try {
      assertThat(isOfThisBuild()).isFalse();
    } finally {
      run("alter table pg_temp.hidden rename to flyway_schema_history");
      run("reset search_path");
      run("drop schema nothing");
    }
  }

  private boolean isOfThisBuild() {
    return await(history.isOfThisBuild(connection));
  }

  private void run(String statement) {
    var unused = await(connection.query(statement).execute());
  }

  private static <T> T await(Uni<T> uni) {
    return uni.await().atMost(LIMIT);
  }
}
