package io.liangjiang.tourism.city;

import com.google.protobuf.ByteString;
import io.grpc.Status;
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

/** Publishes the key with which a test signs citizens' codes, and what the test revoked. */
@GrpcService
public class FakeTransit implements CityCodeService {
  private final CitizenCodes codes;

  FakeTransit(CitizenCodes codes) {
    this.codes = codes;
  }

  @Override
  public Uni<CityCodeKeySet> getCityCodeKeySet(GetCityCodeKeySetRequest request) {
    var key =
        CityCodeKey.newBuilder()
            .setAlgorithm("Ed25519")
            .setPublicKey(ByteString.copyFrom(codes.publicKey()));
    return Uni.createFrom().item(CityCodeKeySet.newBuilder().addKeys(key).build());
  }

  @Override
  public Uni<ListCityCodeRevocationsResponse> listCityCodeRevocations(
      ListCityCodeRevocationsRequest request) {
    return Uni.createFrom()
        .item(
            ListCityCodeRevocationsResponse.newBuilder()
                .addAllRevocations(codes.revocations())
                .build());
  }

  @Override
  public Uni<CityCode> createCityCode(CreateCityCodeRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }

  @Override
  public Uni<RevokeMyCityCodesResponse> revokeMyCityCodes(RevokeMyCityCodesRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }

  @Override
  public Uni<CityCodeKey> rotateCityCodeKey(RotateCityCodeKeyRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }
}
