package io.liangjiang.identity.peer;

import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.AccessRecord;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.DescribePersonalDataRequest;
import io.liangjiang.platform.v1.DescribePersonalDataResponse;
import io.liangjiang.platform.v1.ErasePersonalDataRequest;
import io.liangjiang.platform.v1.ErasePersonalDataResponse;
import io.liangjiang.platform.v1.ErasureBlocker;
import io.liangjiang.platform.v1.ErasureHold;
import io.liangjiang.platform.v1.ExportPersonalDataRequest;
import io.liangjiang.platform.v1.ExportPersonalDataResponse;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.liangjiang.platform.v1.ListAccessRecordsResponse;
import io.liangjiang.platform.v1.PersonalDataCount;
import io.liangjiang.platform.v1.PersonalDataItem;
import io.liangjiang.platform.v1.PersonalDataServiceGrpc;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** Another service: has records, can be away, can lose an answer after it did the work. */
public final class FakeService {
  /** A kind that this service has. */
  static final String KIND = "thing";

  private final List<AccessRecord> records = new CopyOnWriteArrayList<>();
  private final List<String> items = new CopyOnWriteArrayList<>();
  private final List<String> blockers = new CopyOnWriteArrayList<>();
  private final List<String> erasures = new CopyOnWriteArrayList<>();
  private final Map<String, ErasePersonalDataResponse> answers = new ConcurrentHashMap<>();
  private final AtomicInteger exportCalls = new AtomicInteger();
  private final AtomicBoolean away = new AtomicBoolean();
  private final AtomicInteger lost = new AtomicInteger();

  public void reset() {
    records.clear();
    items.clear();
    blockers.clear();
    erasures.clear();
    answers.clear();
    exportCalls.set(0);
    away.set(false);
    lost.set(0);
  }

  public AccessRecord wasRead(Instant time, String purpose) {
    var record =
        AccessRecord.newBuilder()
            .setAccessRecordId(UUID.randomUUID().toString())
            .setReaderSubject("somebody")
            .setDataKind(KIND)
            .setPurpose(purpose)
            .setReadTime(ProtoTime.timestamp(time))
            .build();
    records.add(record);
    return record;
  }

  public void has(String json) {
    items.add(json);
  }

  public void isBlockedBy(String reason) {
    blockers.add(reason);
  }

  public void isFree() {
    blockers.clear();
  }

  /** Calls find nobody from now on, however often they are repeated. */
  public void leaves() {
    away.set(true);
  }

  public void comesBack() {
    away.set(false);
  }

  /** The next calls are carried out and their answers lost. */
  public void losesAnswers(int calls) {
    lost.set(calls);
  }

  /** How often something was really erased of the citizen. */
  public long erasures(String citizenId) {
    return erasures.stream().filter(citizenId::equals).count();
  }

  public int exportCalls() {
    return exportCalls.get();
  }

  /** Put together by hand: a class that implements the contract would take identity's place. */
  ServerServiceDefinition recordContract() {
    return ServerServiceDefinition.builder(AccessRecordServiceGrpc.getServiceDescriptor())
        .addMethod(
            AccessRecordServiceGrpc.getListAccessRecordsMethod(),
            ServerCalls.asyncUnaryCall(this::list))
        .build();
  }

  ServerServiceDefinition dataContract() {
    return ServerServiceDefinition.builder(PersonalDataServiceGrpc.getServiceDescriptor())
        .addMethod(
            PersonalDataServiceGrpc.getDescribePersonalDataMethod(),
            ServerCalls.asyncUnaryCall(this::describe))
        .addMethod(
            PersonalDataServiceGrpc.getExportPersonalDataMethod(),
            ServerCalls.asyncUnaryCall(this::export))
        .addMethod(
            PersonalDataServiceGrpc.getErasePersonalDataMethod(),
            ServerCalls.asyncUnaryCall(this::erase))
        .build();
  }

  private void list(
      ListAccessRecordsRequest request, StreamObserver<ListAccessRecordsResponse> answer) {
    answer(answer, () -> list(request));
  }

  private void describe(
      DescribePersonalDataRequest request, StreamObserver<DescribePersonalDataResponse> answer) {
    answer(
        answer,
        () -> DescribePersonalDataResponse.newBuilder().addCounts(count(items.size())).build());
  }

  private void export(
      ExportPersonalDataRequest request, StreamObserver<ExportPersonalDataResponse> answer) {
    answer(answer, () -> export(request));
  }

  private void erase(
      ErasePersonalDataRequest request, StreamObserver<ErasePersonalDataResponse> answer) {
    answer(answer, () -> erase(request));
  }

  private ListAccessRecordsResponse list(ListAccessRecordsRequest request) {
    var page = Page.of(request.getPageSize(), request.getPageToken());
    var rows =
        records.stream()
            .sorted(Comparator.comparing(FakeService::key).reversed())
            .filter(
                each -> page.isFirst() || key(each).compareTo(String.join("\n", page.key())) < 0)
            .limit(page.limit())
            .toList();
    var cut = page.cut(rows, each -> List.of(key(each).split("\n", -1)));
    return ListAccessRecordsResponse.newBuilder()
        .addAllAccessRecords(cut.items())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  private static String key(AccessRecord record) {
    return ProtoTime.instant(record.getReadTime()) + "\n" + record.getAccessRecordId();
  }

  /** One item a page. */
  private ExportPersonalDataResponse export(ExportPersonalDataRequest request) {
    exportCalls.incrementAndGet();
    int at = request.getPageToken().isEmpty() ? 0 : Integer.parseInt(request.getPageToken());
    var page = ExportPersonalDataResponse.newBuilder();
    if (at < items.size()) {
      page.addItems(PersonalDataItem.newBuilder().setDataKind(KIND).setJson(items.get(at)));
    }
    return page.setNextPageToken(at + 1 < items.size() ? String.valueOf(at + 1) : "").build();
  }

  private ErasePersonalDataResponse erase(ErasePersonalDataRequest request) {
    if (request.getCheckOnly()) {
      return ErasePersonalDataResponse.newBuilder()
          .addAllBlockers(
              blockers.stream()
                  .map(each -> ErasureBlocker.newBuilder().setReason(each).setOpenCount(1).build())
                  .toList())
          .build();
    }
    if (!blockers.isEmpty()) {
      throw Status.FAILED_PRECONDITION.asRuntimeException();
    }
    return answers.computeIfAbsent(
        request.getRequestId(),
        id -> {
          erasures.add(request.getCitizenId());
          var erased = count(items.size());
          items.clear();
          return ErasePersonalDataResponse.newBuilder()
              .addErased(erased)
              .addHolds(ErasureHold.newBuilder().setDataKind(KIND).setReason("some law"))
              .build();
        });
  }

  private static PersonalDataCount count(int records) {
    return PersonalDataCount.newBuilder().setDataKind(KIND).setRecordCount(records).build();
  }

  private <T> void answer(StreamObserver<T> observer, Supplier<T> work) {
    if (away.get()) {
      observer.onError(Status.UNAVAILABLE.asRuntimeException());
      return;
    }
    try {
      T answer = work.get();
      if (lost.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
        observer.onError(Status.UNAVAILABLE.asRuntimeException());
        return;
      }
      observer.onNext(answer);
      observer.onCompleted();
    } catch (RuntimeException e) {
      observer.onError(e);
    }
  }
}
