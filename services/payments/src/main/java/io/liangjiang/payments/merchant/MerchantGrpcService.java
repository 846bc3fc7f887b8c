package io.liangjiang.payments.merchant;

import io.liangjiang.payments.merchant.MerchantRegister.StateRequest;
import io.liangjiang.payments.v1.CreateMerchantRequest;
import io.liangjiang.payments.v1.GetMerchantRequest;
import io.liangjiang.payments.v1.ListMerchantChangesRequest;
import io.liangjiang.payments.v1.ListMerchantChangesResponse;
import io.liangjiang.payments.v1.ListMerchantsRequest;
import io.liangjiang.payments.v1.ListMerchantsResponse;
import io.liangjiang.payments.v1.Merchant;
import io.liangjiang.payments.v1.Merchant.State;
import io.liangjiang.payments.v1.MerchantService;
import io.liangjiang.payments.v1.ResumeMerchantRequest;
import io.liangjiang.payments.v1.SetMerchantTermsRequest;
import io.liangjiang.payments.v1.SetPayoutDestinationRequest;
import io.liangjiang.payments.v1.SuspendMerchantRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Merchants at the wire. */
@GrpcService
class MerchantGrpcService implements MerchantService {
  private static final int MAX_REASON = 200;

  private final MerchantRegister register;
  private final Merchants merchants;

  MerchantGrpcService(MerchantRegister register, Merchants merchants) {
    this.register = register;
    this.merchants = merchants;
  }

  @Override
  public Uni<Merchant> createMerchant(CreateMerchantRequest request) {
    MerchantProto.check(request);
    return register.create(Caller.current(), request);
  }

  @Override
  public Uni<Merchant> getMerchant(GetMerchantRequest request) {
    MerchantProto.checkId(request.getMerchantId());
    return register.get(Caller.current(), request.getMerchantId()).map(MerchantProto::merchant);
  }

  @Override
  public Uni<ListMerchantsResponse> listMerchants(ListMerchantsRequest request) {
    return merchants
        .page(Page.of(request.getPageSize(), request.getPageToken()))
        .map(
            cut ->
                ListMerchantsResponse.newBuilder()
                    .addAllMerchants(cut.items().stream().map(MerchantProto::merchant).toList())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  @Override
  public Uni<Merchant> setMerchantTerms(SetMerchantTermsRequest request) {
    MerchantProto.checkId(request.getMerchantId());
    MerchantProto.checkName(request.getDisplayName());
    return register.setTerms(Caller.current(), request);
  }

  @Override
  public Uni<Merchant> setPayoutDestination(SetPayoutDestinationRequest request) {
    MerchantProto.checkId(request.getMerchantId());
    return register.setPayoutDestination(Caller.current(), request);
  }

  @Override
  public Uni<Merchant> suspendMerchant(SuspendMerchantRequest request) {
    var wanted =
        new StateRequest(
            request.getRequestId(), request.getMerchantId(), request.getReason(), request);
    return setState(wanted, State.SUSPENDED);
  }

  @Override
  public Uni<Merchant> resumeMerchant(ResumeMerchantRequest request) {
    var wanted =
        new StateRequest(
            request.getRequestId(), request.getMerchantId(), request.getReason(), request);
    return setState(wanted, State.ACTIVE);
  }

  @Override
  public Uni<ListMerchantChangesResponse> listMerchantChanges(ListMerchantChangesRequest request) {
    var page = Page.of(request.getPageSize(), request.getPageToken());
    MerchantProto.checkId(request.getMerchantId());
    return register
        .changes(request.getMerchantId(), page)
        .map(
            cut ->
                ListMerchantChangesResponse.newBuilder()
                    .addAllChanges(cut.items())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  private Uni<Merchant> setState(StateRequest wanted, State state) {
    MerchantProto.checkId(wanted.merchantId());
    new Violations().requireText(wanted.reason(), 1, MAX_REASON, "reason").throwIfAny();
    return register.setState(Caller.current(), wanted, state);
  }
}
