package io.liangjiang.platform.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.liangjiang.platform.errors.GrpcErrors;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** What a caller hears when a statement outside a transaction loses its database. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class DatabaseFailuresTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration RETRY = Duration.ofMillis(10);

  @Inject Database database;
  @Inject GrpcErrors errors;

  /**
   * The pool drops a lost connection a moment after its statement failed: not for the next test.
   */
  @AfterEach
  void poolIsWholeAgain() {
    database
        .client()
        .query("select 1")
        .execute()
        .onFailure()
        .retry()
        .withBackOff(RETRY, RETRY)
        .atMost(100)
        .await()
        .atMost(LIMIT);
  }

  @RepeatedTest(10)
  void lostConnectionIsNoFaultOfTheService() {
    StatusRuntimeException status = failureOf("select pg_terminate_backend(pg_backend_pid())");

    assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE);
    assertThat(TestCalls.reason(status)).isEqualTo("UNAVAILABLE");
    assertThat(status.getStatus().getDescription())
        .isEqualTo("the database is away for the moment");
  }

  @Test
  void statementThatTheDatabaseRefusesIsAFault() {
    StatusRuntimeException status = failureOf("select no_such_column");

    assertThat(status.getStatus().getCode()).isEqualTo(Status.Code.INTERNAL);
    assertThat(status.getStatus().getDescription()).isEqualTo("internal error");
  }

  private StatusRuntimeException failureOf(String sql) {
    return errors.transform(
        catchThrowable(() -> database.client().query(sql).execute().await().atMost(LIMIT)));
  }
}
