package io.liangjiang.identity.mydata;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.identity.v1.ListMyAccessRecordsResponse.ServiceAccessRecord;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.AccessRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MergedRecordsTest {
  private static final Instant START = Instant.parse("2026-05-01T02:00:00Z");

  private final Random random = new Random(7);

  /** Times collide often, so that ids decide. */
  private AccessRecord record() {
    var id = new UUID(random.nextLong(), random.nextLong());
    return AccessRecord.newBuilder()
        .setAccessRecordId(id.toString())
        .setReadTime(ProtoTime.timestamp(START.plusSeconds(random.nextInt(20))))
        .build();
  }

  private static String key(AccessRecord record) {
    return ProtoTime.instant(record.getReadTime()) + "/" + record.getAccessRecordId();
  }

  /** As a service answers: newest first, after the position, one more than the page. */
  private static MergedRecords.Answer answer(String service, List<AccessRecord> all, Page page) {
    String after = page.isFirst() ? "9" : page.keyText(0) + "/" + page.keyText(1);
    var rows =
        all.stream()
            .filter(each -> key(each).compareTo(after) < 0)
            .sorted((a, b) -> key(b).compareTo(key(a)))
            .limit(page.limit())
            .toList();
    return new MergedRecords.Answer(service, true, rows);
  }

  @Test
  void pagesOfAnySizeAreTheWholeInOneOrder() {
    List<List<AccessRecord>> services =
        IntStream.of(40, 0, 7, 90)
            .mapToObj(n -> IntStream.range(0, n).mapToObj(i -> record()).toList())
            .toList();
    List<String> whole =
        services.stream()
            .flatMap(List::stream)
            .map(MergedRecordsTest::key)
            .sorted((a, b) -> b.compareTo(a))
            .toList();
    for (int size : new int[] {1, 3, 20, 99}) {
      var seen = new ArrayList<String>();
      String token = "";
      do {
        Page page = Page.of(size, token);
        var answers =
            IntStream.range(0, services.size())
                .mapToObj(i -> answer("service-" + i, services.get(i), page))
                .toList();
        var merged = MergedRecords.of(page, answers);
        merged.getAccessRecordsList().stream()
            .map(ServiceAccessRecord::getAccessRecord)
            .map(MergedRecordsTest::key)
            .forEach(seen::add);
        token = merged.getNextPageToken();
      } while (!token.isEmpty());
      assertThat(seen).as("pages of %d", size).isEqualTo(whole);
    }
  }

  @Test
  void whoDidNotAnswerIsNamed() {
    var merged =
        MergedRecords.of(
            Page.of(20, ""),
            List.of(
                new MergedRecords.Answer("payments", false, List.of()),
                new MergedRecords.Answer("transit", true, List.of(record()))));
    assertThat(merged.getUnavailableServicesList()).containsExactly("payments");
    assertThat(merged.getAccessRecordsList())
        .extracting(ServiceAccessRecord::getService)
        .containsExactly("transit");
  }
}
