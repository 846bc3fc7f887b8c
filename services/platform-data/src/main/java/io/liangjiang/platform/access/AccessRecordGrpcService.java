package io.liangjiang.platform.access;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.v1.AccessRecordService;
import io.liangjiang.platform.v1.ListAccessRecordsRequest;
import io.liangjiang.platform.v1.ListAccessRecordsResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Serves the access records of the service it runs in. */
@GrpcService
public class AccessRecordGrpcService implements AccessRecordService {
  private final AccessRecords records;

  AccessRecordGrpcService(AccessRecords records) {
    this.records = records;
  }

  @Override
  public Uni<ListAccessRecordsResponse> listAccessRecords(ListAccessRecordsRequest request) {
    Caller caller = Caller.current();
    return records.list(caller.subject(), Page.of(request.getPageSize(), request.getPageToken()));
  }
}
