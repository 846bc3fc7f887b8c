package io.liangjiang.transit.tap;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.transit.v1.TapService;
import io.liangjiang.transit.v1.UploadTapsRequest;
import io.liangjiang.transit.v1.UploadTapsResponse;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Taps over the wire. */
@GrpcService
public class TapGrpcService implements TapService {
  private final Taps taps;

  TapGrpcService(Taps taps) {
    this.taps = taps;
  }

  @Override
  public Uni<UploadTapsResponse> uploadTaps(UploadTapsRequest request) {
    String operatorId = Caller.current().requireOrganisationId();
    UUID unused = Violations.requestId(request.getRequestId());
    return taps.upload(TapProto.taps(request, operatorId)).map(TapProto::response);
  }
}
