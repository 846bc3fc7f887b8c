package io.liangjiang.tourism.city;

import com.google.protobuf.ByteString;
import com.google.rpc.Code;
import io.grpc.Status;
import io.liangjiang.platform.test.TestCalls;
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
import java.time.Duration;
import java.time.InstantSource;

/** Publishes the key with which a test signs citizens' codes, and what the test revoked. */
@GrpcService
public class FakeTransit implements CityCodeService {
  private static final Duration REFRESH = Duration.ofHours(12);

  private final CitizenCodes codes;
  private final InstantSource clock;

  FakeTransit(CitizenCodes codes, InstantSource clock) {
    this.codes = codes;
    this.clock = clock;
  }

  @Override
  public Uni<CityCodeKeySet> getCityCodeKeySet(GetCityCodeKeySetRequest request) {
    var key =
        CityCodeKey.newBuilder()
            .setKeyId(codes.keyId())
            .setAlgorithm("Ed25519")
            .setPublicKey(ByteString.copyFrom(codes.publicKey()))
            .setSignStartTime(ProtoTime.timestamp(clock.instant()));
    var refresh = ProtoTime.timestamp(clock.instant().plus(REFRESH));
    return Uni.createFrom()
        .item(CityCodeKeySet.newBuilder().addKeys(key).setRefreshTime(refresh).build());
  }

  @Override
  public Uni<ListCityCodeRevocationsResponse> listCityCodeRevocations(
      ListCityCodeRevocationsRequest request) {
    if (!request.getPageToken().isEmpty()) {
      throw TestCalls.refusal(Code.INVALID_ARGUMENT, "INVALID_PAGE_TOKEN");
    }
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
