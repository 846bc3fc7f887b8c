package io.liangjiang.identity.mydata;

import io.liangjiang.identity.v1.ListMyAccessRecordsResponse;
import io.liangjiang.identity.v1.ListMyAccessRecordsResponse.ServiceAccessRecord;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.AccessRecord;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.UUID;

/**
 * Records of several services in one order. Every service lists by time and id, newest first, so
 * one position is a position in every service's list.
 */
final class MergedRecords {
  /** What one service answered; no answer is not the same as no records. */
  record Answer(String service, boolean isAvailable, List<AccessRecord> records) {}

  private static final Comparator<ServiceAccessRecord> OLDEST_FIRST =
      Comparator.comparing((ServiceAccessRecord each) -> time(each.getAccessRecord()))
          .thenComparing(
              each -> UUID.fromString(each.getAccessRecord().getAccessRecordId()),
              MergedRecords::asTheDatabase);

  private MergedRecords() {}

  /**
   * Cuts the page.
   *
   * @param answers each with one record more than the page has, if there are that many
   */
  static ListMyAccessRecordsResponse of(Page page, List<Answer> answers) {
    var newest =
        answers.stream()
            .flatMap(answer -> answer.records().stream().map(each -> named(answer, each)))
            .sorted(OLDEST_FIRST.reversed())
            .limit(page.limit())
            .toList();
    var cut = page.cut(newest, each -> key(each.getAccessRecord()));
    return ListMyAccessRecordsResponse.newBuilder()
        .addAllAccessRecords(cut.items())
        .addAllUnavailableServices(
            answers.stream().filter(each -> !each.isAvailable()).map(Answer::service).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  private static ServiceAccessRecord named(Answer answer, AccessRecord record) {
    return ServiceAccessRecord.newBuilder()
        .setService(answer.service())
        .setAccessRecord(record)
        .build();
  }

  private static List<String> key(AccessRecord record) {
    return List.of(time(record).toString(), record.getAccessRecordId());
  }

  private static Instant time(AccessRecord record) {
    return ProtoTime.instant(record.getReadTime());
  }

  /** PostgreSQL compares the bytes, Java signed numbers. */
  private static int asTheDatabase(UUID a, UUID b) {
    int high = Long.compareUnsigned(a.getMostSignificantBits(), b.getMostSignificantBits());
    return high != 0
        ? high
        : Long.compareUnsigned(a.getLeastSignificantBits(), b.getLeastSignificantBits());
  }
}
