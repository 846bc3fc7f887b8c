package io.liangjiang.tourism.checkin;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.tourism.v1.CheckInService;
import io.liangjiang.tourism.v1.RedeemTicketRequest;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** The contract's CheckInService. */
@GrpcService
public class CheckInGrpcService implements CheckInService {
  private final CheckIns checkIns;

  CheckInGrpcService(CheckIns checkIns) {
    this.checkIns = checkIns;
  }

  @Override
  public Uni<io.liangjiang.tourism.v1.CheckIn> redeemTicket(RedeemTicketRequest request) {
    return checkIns
        .redeem(Caller.current(), CheckInProto.shown(request))
        .map(CheckInProto::toProto);
  }
}
