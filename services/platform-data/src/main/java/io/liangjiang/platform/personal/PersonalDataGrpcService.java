package io.liangjiang.platform.personal;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.v1.DescribePersonalDataRequest;
import io.liangjiang.platform.v1.DescribePersonalDataResponse;
import io.liangjiang.platform.v1.ErasePersonalDataRequest;
import io.liangjiang.platform.v1.ErasePersonalDataResponse;
import io.liangjiang.platform.v1.ExportPersonalDataRequest;
import io.liangjiang.platform.v1.ExportPersonalDataResponse;
import io.liangjiang.platform.v1.PersonalDataService;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Serves the personal data of the service it runs in, to the citizen and to identity. */
@GrpcService
public class PersonalDataGrpcService implements PersonalDataService {
  private static final String IDENTITY = "identity";

  private final PersonalData data;

  PersonalDataGrpcService(PersonalData data) {
    this.data = data;
  }

  @Override
  public Uni<DescribePersonalDataResponse> describePersonalData(
      DescribePersonalDataRequest request) {
    return data.describe(UUID.fromString(Caller.current().subject()));
  }

  @Override
  public Uni<ExportPersonalDataResponse> exportPersonalData(ExportPersonalDataRequest request) {
    Caller caller = identity();
    new Violations().requireUuid(request.getCitizenId(), "citizen_id").throwIfAny();
    return data.export(
        caller,
        UUID.fromString(request.getCitizenId()),
        Page.of(request.getPageSize(), request.getPageToken()));
  }

  @Override
  public Uni<ErasePersonalDataResponse> erasePersonalData(ErasePersonalDataRequest request) {
    Caller caller = identity();
    new Violations().requireUuid(request.getCitizenId(), "citizen_id").throwIfAny();
    return request.getCheckOnly()
        ? data.check(UUID.fromString(request.getCitizenId()))
        : data.erase(caller, request);
  }

  private static Caller identity() {
    Caller caller = Caller.current();
    if (!caller.subject().equals(IDENTITY)) {
      throw new ServiceException(
          PlatformReason.PERMISSION_DENIED, "only identity asks for a citizen's data");
    }
    return caller;
  }
}
