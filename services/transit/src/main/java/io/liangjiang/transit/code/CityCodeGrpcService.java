package io.liangjiang.transit.code;

import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.transit.v1.CityCode;
import io.liangjiang.transit.v1.CityCodeKey;
import io.liangjiang.transit.v1.CityCodeKeySet;
import io.liangjiang.transit.v1.CityCodeService;
import io.liangjiang.transit.v1.CreateCityCodeRequest;
import io.liangjiang.transit.v1.GetCityCodeKeySetRequest;
import io.liangjiang.transit.v1.ListCityCodeRevocationsRequest;
import io.liangjiang.transit.v1.ListCityCodeRevocationsResponse;
import io.liangjiang.transit.v1.RevokeMyCityCodesRequest;
import io.liangjiang.transit.v1.RevokeMyCityCodesResponse;
import io.liangjiang.transit.v1.RotateCityCodeKeyRequest;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** City codes over the wire. */
@GrpcService
public class CityCodeGrpcService implements CityCodeService {
  private static final int DEFAULT_REVOCATIONS = 100;
  private static final int MAX_REVOCATIONS = 1_000;

  private final CityCodes codes;

  CityCodeGrpcService(CityCodes codes) {
    this.codes = codes;
  }

  @Override
  public Uni<CityCode> createCityCode(CreateCityCodeRequest request) {
    return codes.create(Caller.current(), request);
  }

  @Override
  public Uni<RevokeMyCityCodesResponse> revokeMyCityCodes(RevokeMyCityCodesRequest request) {
    return codes.revokeMine(Caller.current(), request);
  }

  @Override
  public Uni<CityCodeKeySet> getCityCodeKeySet(GetCityCodeKeySetRequest request) {
    return codes
        .publishedKeys()
        .map(
            keys ->
                CityCodeKeySet.newBuilder()
                    .addAllKeys(keys.stream().map(CityCodeProto::toProto).toList())
                    .setRefreshTime(ProtoTime.timestamp(codes.keyRefreshTime()))
                    .build());
  }

  @Override
  public Uni<CityCodeKey> rotateCityCodeKey(RotateCityCodeKeyRequest request) {
    return codes.rotateKey(Caller.current(), request);
  }

  @Override
  public Uni<ListCityCodeRevocationsResponse> listCityCodeRevocations(
      ListCityCodeRevocationsRequest request) {
    Page asked = Page.of(request.getPageSize(), request.getPageToken());
    int size = request.getPageSize() == 0 ? DEFAULT_REVOCATIONS : request.getPageSize();
    return codes
        .listRevocations(new Page(Math.min(size, MAX_REVOCATIONS), asked.key()))
        .map(
            cut ->
                ListCityCodeRevocationsResponse.newBuilder()
                    .addAllRevocations(cut.items().stream().map(CityCodeProto::toProto).toList())
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }
}
