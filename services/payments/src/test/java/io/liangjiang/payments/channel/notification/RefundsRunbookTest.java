package io.liangjiang.payments.channel.notification;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.platform.test.CapturedLog;
import io.liangjiang.platform.test.CityTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The commands of the runbook of RefundsAreStuck, on our tables and our lines. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = NotificationTestResource.class, restrictToAnnotatedClass = true)
class RefundsRunbookTest {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Pattern SECTION = Pattern.compile("(?s)### RefundsAreStuck\n(.*?)\n### ");
  private static final Pattern SQL = Pattern.compile("(?s)psql payments -c \"(.*?)\"\n");
  private static final Pattern GREP = Pattern.compile("grep -cE '([^']+)'");

  @Inject Pool pool;

  private String runbook;

  @BeforeEach
  void read() throws IOException {
    runbook = only(SECTION, Files.readString(Path.of("../../docs/operations.md")));
    execute("delete from channel_notification");
  }

  @Test
  void answersWhetherAllIsWellOrNot() {
    assertThat(answers())
        .containsExactlyInAnyOrder(
            "open refunds, by their making: 0 null",
            "call-backs taken: 0 null",
            "call-backs that wait: 0 null",
            "call-backs given up: 0 null");

    keep("one", "now(), null, now(), null");
    keep("two", "now(), null, now(), null");
    keep("three", "now(), now() + interval '1 hour', null, 'the channel said no'");
    keep("four", "now(), null, null, 'too often'");
    keep("old", "now() - interval '2 days', null, null, 'long ago'");

    assertThat(answers())
        .containsExactlyInAnyOrder(
            "open refunds, by their making: 0 null",
            "call-backs taken: 2 null",
            "call-backs that wait: 1 the channel said no",
            "call-backs given up: 1 too often");
  }

  @Test
  void findsTheLineOfARefusedCallBack() {
    Pattern wanted = Pattern.compile(only(GREP, runbook));

    try (var log = CapturedLog.of(NotificationRoute.class.getName())) {
      given().body("{}").post("/channels/WECHAT_PAY/notifications").then().statusCode(401);

      assertThat(log.lines()).singleElement().asString().containsPattern(wanted);
    }
  }

  private List<String> answers() {
    List<String> answers = new ArrayList<>();
    for (var row : pool.query(only(SQL, runbook)).execute().await().atMost(LIMIT)) {
      answers.add(
          row.getString("what") + ": " + row.getLong("count") + " " + row.getString("says"));
    }
    return answers;
  }

  /** A call-back about a refund: received, next attempt, processed, last error. */
  private void keep(String id, String rest) {
    execute(
        """
        insert into channel_notification (channel, notification_id, kind, event_type, subject,
          content, receive_time, next_attempt_time, process_time, last_error)
        values ('WECHAT_PAY', '%s', 'REFUND', 'REFUND.SUCCESS', 'R-1', '{}', %s)
        """
            .formatted(id, rest));
  }

  private void execute(String sql) {
    var unused = pool.query(sql).execute().await().atMost(LIMIT);
  }

  private static String only(Pattern pattern, String text) {
    var found = pattern.matcher(text);
    assertThat(found.find()).as(pattern.pattern()).isTrue();
    return found.group(1);
  }
}
