package io.liangjiang.identity.mydata;

import io.liangjiang.identity.erasure.ErasureOperations;
import io.liangjiang.identity.erasure.Erasures;
import io.liangjiang.identity.export.Exports;
import io.liangjiang.identity.v1.CancelErasureRequest;
import io.liangjiang.identity.v1.CreateExportRequest;
import io.liangjiang.identity.v1.DataExport;
import io.liangjiang.identity.v1.DownloadExportRequest;
import io.liangjiang.identity.v1.Erasure;
import io.liangjiang.identity.v1.GetErasureRequest;
import io.liangjiang.identity.v1.GetExportRequest;
import io.liangjiang.identity.v1.GetMyDataRequest;
import io.liangjiang.identity.v1.ListErasuresRequest;
import io.liangjiang.identity.v1.ListErasuresResponse;
import io.liangjiang.identity.v1.ListMyAccessRecordsRequest;
import io.liangjiang.identity.v1.ListMyAccessRecordsResponse;
import io.liangjiang.identity.v1.MyData;
import io.liangjiang.identity.v1.MyDataService;
import io.liangjiang.identity.v1.RequestErasureRequest;
import io.liangjiang.identity.v1.ResumeErasureRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.v1.File;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** The contract of a citizen's own data. */
@GrpcService
public class MyDataGrpcService implements MyDataService {
  private static final int MAX_CODE = 64;

  private final MyRecords records;
  private final Exports exports;
  private final Erasures erasures;
  private final ErasureOperations operations;

  MyDataGrpcService(
      MyRecords records, Exports exports, Erasures erasures, ErasureOperations operations) {
    this.records = records;
    this.exports = exports;
    this.erasures = erasures;
    this.operations = operations;
  }

  @Override
  public Uni<MyData> getMyData(GetMyDataRequest request) {
    return records.describe(Caller.current());
  }

  @Override
  public Uni<ListMyAccessRecordsResponse> listMyAccessRecords(ListMyAccessRecordsRequest request) {
    return records.list(Caller.current(), Page.of(request.getPageSize(), request.getPageToken()));
  }

  @Override
  public Uni<DataExport> createExport(CreateExportRequest request) {
    return exports.create(Caller.current(), request);
  }

  @Override
  public Uni<DataExport> getExport(GetExportRequest request) {
    return exports.get(citizenId(), exportId(request.getExportId()));
  }

  @Override
  public Uni<File> downloadExport(DownloadExportRequest request) {
    return exports.download(citizenId(), exportId(request.getExportId()));
  }

  @Override
  public Uni<Erasure> requestErasure(RequestErasureRequest request) {
    return erasures.request(Caller.current(), request);
  }

  @Override
  public Uni<Erasure> cancelErasure(CancelErasureRequest request) {
    return erasures.cancel(Caller.current(), request);
  }

  @Override
  public Uni<Erasure> getErasure(GetErasureRequest request) {
    new Violations()
        .requireUuid(request.getErasureId(), "erasure_id")
        .requireText(request.getCertificateCode(), 1, MAX_CODE, "certificate_code")
        .throwIfAny();
    return erasures.get(UUID.fromString(request.getErasureId()), request.getCertificateCode());
  }

  @Override
  public Uni<ListErasuresResponse> listErasures(ListErasuresRequest request) {
    new Violations()
        .require(request.getState() != Erasure.State.UNRECOGNIZED, "state", "must be a known state")
        .throwIfAny();
    return operations.list(
        request.getState(), Page.of(request.getPageSize(), request.getPageToken()));
  }

  @Override
  public Uni<Erasure> resumeErasure(ResumeErasureRequest request) {
    new Violations().requireUuid(request.getErasureId(), "erasure_id").throwIfAny();
    return operations.resume(Caller.current(), UUID.fromString(request.getErasureId()), request);
  }

  private static UUID citizenId() {
    return UUID.fromString(Caller.current().subject());
  }

  private static UUID exportId(String value) {
    new Violations().requireUuid(value, "export_id").throwIfAny();
    return UUID.fromString(value);
  }
}
