package io.liangjiang.identity.guest;

import io.liangjiang.identity.v1.GetGuestRequest;
import io.liangjiang.identity.v1.GrantGuestRequest;
import io.liangjiang.identity.v1.Guest;
import io.liangjiang.identity.v1.GuestService;
import io.liangjiang.identity.v1.ListMyGuestsRequest;
import io.liangjiang.identity.v1.ListMyGuestsResponse;
import io.liangjiang.identity.v1.WithdrawGuestRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** The contract of what citizens granted to guests. */
@GrpcService
public class GuestGrpcService implements GuestService {
  private final GuestGrants grants;

  GuestGrpcService(GuestGrants grants) {
    this.grants = grants;
  }

  @Override
  public Uni<Guest> getGuest(GetGuestRequest request) {
    return grants.get(citizen(), request.getClientId());
  }

  @Override
  public Uni<Guest> grantGuest(GrantGuestRequest request) {
    return grants.grant(Caller.current(), request);
  }

  @Override
  public Uni<ListMyGuestsResponse> listMyGuests(ListMyGuestsRequest request) {
    return grants
        .list(citizen(), Page.of(request.getPageSize(), request.getPageToken()))
        .map(
            cut ->
                ListMyGuestsResponse.newBuilder()
                    .addAllGuests(cut.items())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  @Override
  public Uni<Guest> withdrawGuest(WithdrawGuestRequest request) {
    return grants.withdraw(Caller.current(), request);
  }

  private static UUID citizen() {
    return UUID.fromString(Caller.current().subject());
  }
}
