package io.liangjiang.platform.personal;

import io.liangjiang.platform.access.AccessRecords;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.DescribePersonalDataResponse;
import io.liangjiang.platform.v1.ErasePersonalDataRequest;
import io.liangjiang.platform.v1.ErasePersonalDataResponse;
import io.liangjiang.platform.v1.ErasureBlocker;
import io.liangjiang.platform.v1.ErasureHold;
import io.liangjiang.platform.v1.ExportPersonalDataResponse;
import io.liangjiang.platform.v1.PersonalDataCount;
import io.liangjiang.platform.v1.PersonalDataItem;
import io.quarkus.arc.All;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Counts, exports and erases what this service keeps of a citizen. */
@ApplicationScoped
class PersonalData {
  private final List<PersonalDataCatalogue> catalogues;
  private final PersonalDataRepository repository;
  private final AccessRecords accessRecords;
  private final Idempotency idempotency;
  private final Database database;
  private final InstantSource clock;

  PersonalData(
      @All List<PersonalDataCatalogue> catalogues,
      PersonalDataRepository repository,
      AccessRecords accessRecords,
      Idempotency idempotency,
      Database database,
      InstantSource clock) {
    this.catalogues = catalogues;
    this.repository = repository;
    this.accessRecords = accessRecords;
    this.idempotency = idempotency;
    this.database = database;
    this.clock = clock;
  }

  Uni<DescribePersonalDataResponse> describe(UUID citizenId) {
    return Multi.createFrom()
        .iterable(readable())
        .onItem()
        .transformToUniAndConcatenate(kind -> counted(database.client(), kind, citizenId))
        .collect()
        .asList()
        .map(counts -> DescribePersonalDataResponse.newBuilder().addAllCounts(counts).build());
  }

  /** A page within one kind. Errors: INVALID_PAGE_TOKEN. */
  Uni<ExportPersonalDataResponse> export(Caller reader, UUID citizenId, Page page) {
    var kinds = readable();
    long number = page.isFirst() ? 0 : page.keyLong(0);
    if (number < 0 || number >= kinds.size()) {
      throw new ServiceException(
          PlatformReason.INVALID_PAGE_TOKEN, "page_token is not one of this list");
    }
    int index = (int) number;
    String after = page.isFirst() ? "" : page.keyText(1);
    Uni<Void> noted =
        page.isFirst()
            ? accessRecords.append(
                database.client(),
                reader,
                citizenId.toString(),
                "all",
                citizenId.toString(),
                "export that the citizen asked for")
            : Uni.createFrom().voidItem();
    var kind = kinds.get(index);
    return noted
        .chain(() -> repository.read(database.client(), kind, citizenId, after, page.limit()))
        .map(rows -> response(kind, index, kinds.size(), page, rows));
  }

  /** What stands in the way. */
  Uni<ErasePersonalDataResponse> check(UUID citizenId) {
    return blockers(database.client(), citizenId)
        .map(found -> ErasePersonalDataResponse.newBuilder().addAllBlockers(found).build());
  }

  /** Errors: ERASURE_BLOCKED, REQUEST_ID_REUSED. */
  Uni<ErasePersonalDataResponse> erase(Caller caller, ErasePersonalDataRequest request) {
    UUID citizenId = UUID.fromString(request.getCitizenId());
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        ErasePersonalDataResponse.getDefaultInstance(),
        tx ->
            blockers(tx, citizenId)
                .invoke(PersonalData::requireNone)
                .chain(() -> erase(tx, citizenId)));
  }

  private Uni<ErasePersonalDataResponse> erase(SqlConnection tx, UUID citizenId) {
    var answer = ErasePersonalDataResponse.newBuilder();
    return Multi.createFrom()
        .iterable(kinds())
        .onItem()
        .transformToUniAndConcatenate(kind -> erase(tx, kind, citizenId, answer))
        .collect()
        .last()
        .map(done -> answer.build());
  }

  private Uni<Boolean> erase(
      SqlConnection tx,
      PersonalDataKind kind,
      UUID citizenId,
      ErasePersonalDataResponse.Builder answer) {
    return repository
        .erase(tx, kind, citizenId)
        .invoke(
            count -> {
              if (!kind.erasures().isEmpty()) {
                answer.addErased(
                    PersonalDataCount.newBuilder().setDataKind(kind.name()).setRecordCount(count));
              }
            })
        .chain(() -> held(tx, kind, citizenId, answer));
  }

  private Uni<Boolean> held(
      SqlConnection tx,
      PersonalDataKind kind,
      UUID citizenId,
      ErasePersonalDataResponse.Builder answer) {
    if (kind.hold().isEmpty()) {
      return Uni.createFrom().item(true);
    }
    var hold = kind.hold().get();
    var until = clock.instant().plus(Duration.ofDays(hold.days()));
    return counted(tx, kind, citizenId)
        .map(
            count -> {
              if (count.getRecordCount() > 0) {
                answer.addHolds(
                    ErasureHold.newBuilder()
                        .setDataKind(kind.name())
                        .setReason(hold.reason())
                        .setHoldUntil(ProtoTime.timestamp(until))
                        .setRecordCount(count.getRecordCount()));
              }
              return true;
            });
  }

  private Uni<List<ErasureBlocker>> blockers(SqlClient client, UUID citizenId) {
    var all = catalogues.stream().flatMap(each -> each.blockers().stream()).toList();
    return Multi.createFrom()
        .iterable(all)
        .onItem()
        .transformToUniAndConcatenate(
            blocker ->
                repository
                    .countOpen(client, blocker, citizenId, clock.instant())
                    .map(
                        count ->
                            ErasureBlocker.newBuilder()
                                .setReason(blocker.reason())
                                .setOpenCount(count)
                                .build()))
        .filter(blocker -> blocker.getOpenCount() > 0)
        .collect()
        .asList();
  }

  private static void requireNone(List<ErasureBlocker> blockers) {
    if (!blockers.isEmpty()) {
      throw new ServiceException(
              PlatformReason.ERASURE_BLOCKED, "something of the citizen's is still open")
          .with(
              "blockers",
              blockers.stream().map(ErasureBlocker::getReason).collect(Collectors.joining(",")));
    }
  }

  private static ExportPersonalDataResponse response(
      PersonalDataKind kind,
      int index,
      int kinds,
      Page page,
      List<PersonalDataRepository.Item> rows) {
    var cut = page.cut(rows, item -> List.of(Integer.toString(index), item.key()));
    String next =
        cut.nextPageToken().isEmpty() && index + 1 < kinds
            ? Page.token(List.of(Integer.toString(index + 1), ""))
            : cut.nextPageToken();
    return ExportPersonalDataResponse.newBuilder()
        .addAllItems(
            cut.items().stream()
                .map(
                    item ->
                        PersonalDataItem.newBuilder()
                            .setDataKind(kind.name())
                            .setJson(item.json())
                            .build())
                .toList())
        .setNextPageToken(next)
        .build();
  }

  private Uni<PersonalDataCount> counted(SqlClient client, PersonalDataKind kind, UUID citizenId) {
    return repository
        .count(client, kind, citizenId)
        .map(
            count ->
                PersonalDataCount.newBuilder()
                    .setDataKind(kind.name())
                    .setRecordCount(count)
                    .build());
  }

  private List<PersonalDataKind> kinds() {
    return catalogues.stream().flatMap(each -> each.kinds().stream()).toList();
  }

  private List<PersonalDataKind> readable() {
    return kinds().stream().filter(kind -> !kind.query().isEmpty()).toList();
  }
}
