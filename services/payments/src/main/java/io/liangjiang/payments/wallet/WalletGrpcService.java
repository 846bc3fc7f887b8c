package io.liangjiang.payments.wallet;

import io.liangjiang.payments.v1.CreateTopUpRequest;
import io.liangjiang.payments.v1.GetMyWalletRequest;
import io.liangjiang.payments.v1.GetTopUpRequest;
import io.liangjiang.payments.v1.ListMyWalletEntriesRequest;
import io.liangjiang.payments.v1.ListMyWalletEntriesResponse;
import io.liangjiang.payments.v1.TopUp;
import io.liangjiang.payments.v1.Wallet;
import io.liangjiang.payments.v1.WalletService;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** The wallet at the wire. */
@GrpcService
class WalletGrpcService implements WalletService {
  private final Wallets wallets;
  private final TopUps topUps;

  WalletGrpcService(Wallets wallets, TopUps topUps) {
    this.wallets = wallets;
    this.topUps = topUps;
  }

  @Override
  public Uni<Wallet> getMyWallet(GetMyWalletRequest request) {
    return wallets
        .mine(UUID.fromString(Caller.current().subject()))
        .chain(wallet -> wallets.account(wallet).map(a -> WalletProto.wallet(wallet, a)));
  }

  @Override
  public Uni<ListMyWalletEntriesResponse> listMyWalletEntries(ListMyWalletEntriesRequest request) {
    var citizenId = UUID.fromString(Caller.current().subject());
    var page = Page.of(request.getPageSize(), request.getPageToken());
    return wallets.entries(citizenId, page).map(WalletProto::entries);
  }

  @Override
  public Uni<TopUp> createTopUp(CreateTopUpRequest request) {
    return topUps.create(Caller.current(), request).map(WalletProto::topUp);
  }

  @Override
  public Uni<TopUp> getTopUp(GetTopUpRequest request) {
    new Violations().requireUuid(request.getTopUpId(), "top_up_id").throwIfAny();
    return topUps
        .get(Caller.current(), UUID.fromString(request.getTopUpId()))
        .map(WalletProto::topUp);
  }
}
