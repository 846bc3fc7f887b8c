package io.liangjiang.payments.payer;

import com.google.rpc.Code;
import io.grpc.Status;
import io.liangjiang.identity.v1.Citizen;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.GetMeRequest;
import io.liangjiang.identity.v1.GetSuperAppIdentityRequest;
import io.liangjiang.identity.v1.SuperAppIdentity;
import io.liangjiang.identity.v1.VerifiedCitizen;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Knows the open ids of those who have signed in from the mini-program. */
@GrpcService
public class FakeCitizens implements CitizenService {
  private final Phones phones;

  FakeCitizens(Phones phones) {
    this.phones = phones;
  }

  @Override
  public Uni<SuperAppIdentity> getSuperAppIdentity(GetSuperAppIdentityRequest request) {
    if (phones.isAway()) {
      throw Status.UNAVAILABLE.asRuntimeException();
    }
    if (!phones.knows(request.getCitizenId())) {
      throw TestCalls.refusal(Code.FAILED_PRECONDITION, "SUPER_APP_NOT_LINKED");
    }
    return Uni.createFrom()
        .item(
            SuperAppIdentity.newBuilder()
                .setOpenId(Phones.openIdOf(request.getCitizenId()))
                .build());
  }

  @Override
  public Uni<Citizen> getMe(GetMeRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }

  @Override
  public Uni<VerifiedCitizen> verifyRealName(VerifyRealNameRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }
}
