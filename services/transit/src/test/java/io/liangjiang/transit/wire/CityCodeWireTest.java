package io.liangjiang.transit.wire;

import static io.liangjiang.transit.wire.TransitCity.await;
import static io.liangjiang.transit.wire.TransitCity.citizenToken;
import static io.liangjiang.transit.wire.TransitCity.requestId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.citycode.CityCodeVerifier;
import io.liangjiang.citycode.RevocationList;
import io.liangjiang.citycode.Verification;
import io.liangjiang.citycode.VerificationKey;
import io.liangjiang.citycode.VerificationKeys;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.transit.v1.CityCode;
import io.liangjiang.transit.v1.CityCodeKey;
import io.liangjiang.transit.v1.CityCodeKeySet;
import io.liangjiang.transit.v1.CityCodeRevocation;
import io.liangjiang.transit.v1.CreateCityCodeRequest;
import io.liangjiang.transit.v1.GetCityCodeKeySetRequest;
import io.liangjiang.transit.v1.ListCityCodeRevocationsRequest;
import io.liangjiang.transit.v1.ListCityCodeRevocationsResponse;
import io.liangjiang.transit.v1.RevokeMyCityCodesRequest;
import io.liangjiang.transit.v1.RotateCityCodeKeyRequest;
import io.liangjiang.transit.v1.TapResult;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
@QuarkusTestResource(PaymentsPort.class)
class CityCodeWireTest {
  @Inject TransitCity city;
  @Inject MutableClock clock;

  private final UUID citizenId = UUID.randomUUID();

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private CityCode create(String requestId) {
    return await(
        city.codesOf(citizenToken(citizenId))
            .createCityCode(CreateCityCodeRequest.newBuilder().setRequestId(requestId).build()));
  }

  private CityCodeKeySet keySet() {
    return await(city.codes().getCityCodeKeySet(GetCityCodeKeySetRequest.getDefaultInstance()));
  }

  private CityCodeVerifier reader() {
    List<VerificationKey> keys =
        keySet().getKeysList().stream()
            .map(key -> VerificationKey.of(key.getPublicKey().toByteArray()))
            .toList();
    return new CityCodeVerifier(
        VerificationKeys.of(keys), RevocationList.none(), Duration.ofSeconds(5));
  }

  private List<CityCodeRevocation> revocations() {
    var readers = city.codesOf(TestTokens.staff("gate", "wulong-tourism"));
    List<CityCodeRevocation> all = new ArrayList<>();
    String token = "";
    do {
      ListCityCodeRevocationsResponse page =
          await(
              readers.listCityCodeRevocations(
                  ListCityCodeRevocationsRequest.newBuilder()
                      .setPageSize(2)
                      .setPageToken(token)
                      .build()));
      all.addAll(page.getRevocationsList());
      token = page.getNextPageToken();
    } while (!token.isEmpty());
    return all;
  }

  @Test
  void issuesCodeThatReaderVerifiesOfflineForOneMinute() {
    CityCode code = create(requestId());
    Instant issued = ProtoTime.instant(code.getIssueTime());

    assertThat(code.getCode()).hasSize(154);
    assertThat(ProtoTime.instant(code.getExpireTime())).isEqualTo(issued.plusSeconds(60));
    Verification answer = reader().verify(code.getCode(), issued.plusSeconds(30));
    assertThat(answer).isInstanceOf(Verification.Valid.class);
    assertThat(((Verification.Valid) answer).claims().subject()).isEqualTo(citizenId);
  }

  @Test
  void answersTheSameRequestWithTheSameCode() {
    String requestId = requestId();

    assertThat(create(requestId)).isEqualTo(create(requestId));
    assertThat(create(requestId()).getCode()).isNotEqualTo(create(requestId).getCode());
  }

  @Test
  void replacesTheLiveCodeAfterShortGrace() {
    String first = create(requestId()).getCode();
    String second = create(requestId()).getCode();
    Instant now = city.now();
    clock.advance(Duration.ofSeconds(40));

    TapResult withinGrace = city.upload(city.tap(first, now.plusSeconds(5)));
    TapResult newOne = city.upload(city.tap(second, now.plusSeconds(30)));

    assertThat(withinGrace.getOutcome()).isEqualTo(TapResult.Outcome.ACCEPTED);
    assertThat(newOne.getOutcome()).isEqualTo(TapResult.Outcome.ACCEPTED);

    String third = create(requestId()).getCode();
    Instant later = city.now();
    create(requestId());
    clock.advance(Duration.ofSeconds(40));
    TapResult superseded = city.upload(city.tap(third, later.plusSeconds(30)));
    assertThat(superseded.getOutcome()).isEqualTo(TapResult.Outcome.REFUSED);
    assertThat(superseded.getReason()).isEqualTo(TapResult.Reason.REVOKED);
  }

  @Test
  void revokesEveryCodeOfTheCitizenAndTellsReaders() {
    String before = create(requestId()).getCode();
    await(
        city.codesOf(citizenToken(citizenId))
            .revokeMyCityCodes(
                RevokeMyCityCodesRequest.newBuilder().setRequestId(requestId()).build()));
    clock.advance(Duration.ofSeconds(2));
    String after = create(requestId()).getCode();

    assertThat(city.upload(city.tap(before)).getReason()).isEqualTo(TapResult.Reason.REVOKED);
    assertThat(city.upload(city.tap(after)).getOutcome()).isEqualTo(TapResult.Outcome.ACCEPTED);
    assertThat(revocations())
        .filteredOn(revocation -> revocation.getCitizenId().equals(citizenId.toString()))
        .singleElement()
        .satisfies(
            revocation ->
                assertThat(revocation.getReason())
                    .isEqualTo(CityCodeRevocation.Reason.REVOKED_BY_CITIZEN));
  }

  @Test
  void readersForgetRevocationsOfExpiredCodes() {
    create(requestId());
    create(requestId());
    assertThat(revocations())
        .isNotEmpty()
        .allSatisfy(r -> assertThat(ProtoTime.instant(r.getExpireTime())).isAfter(city.now()));
    clock.advance(Duration.ofMinutes(3));

    assertThat(revocations()).isEmpty();
  }

  @Test
  void rotatesKeyWithOverlap() {
    String oldKeyId = keyIdOf(create(requestId()).getCode());
    var admin = city.codesOf(TestTokens.staff("admin", ""));
    RotateCityCodeKeyRequest request =
        RotateCityCodeKeyRequest.newBuilder().setRequestId(requestId()).build();

    CityCodeKey next = await(admin.rotateCityCodeKey(request));
    assertThat(await(admin.rotateCityCodeKey(request))).isEqualTo(next);
    assertThat(keyIdOf(create(requestId()).getCode())).isEqualTo(oldKeyId);
    assertThat(keySet().getKeysList())
        .extracting(CityCodeKey::getKeyId)
        .containsExactly(oldKeyId, next.getKeyId());
    Throwable tooEarly =
        catchThrowable(
            () ->
                await(
                    admin.rotateCityCodeKey(
                        request.toBuilder().setRequestId(requestId()).build())));
    assertThat(TestCalls.reason(tooEarly)).isEqualTo("KEY_ROTATION_PENDING");

    clock.advance(Duration.ofHours(25));
    String code = create(requestId()).getCode();
    assertThat(keyIdOf(code)).isEqualTo(next.getKeyId());
    assertThat(reader().verify(code, city.now())).isInstanceOf(Verification.Valid.class);
    assertThat(city.upload(city.tap(code)).getOutcome()).isEqualTo(TapResult.Outcome.ACCEPTED);
  }

  private String keyIdOf(String code) {
    Verification answer = reader().verify(code, city.now());
    assertThat(answer).isInstanceOf(Verification.Valid.class);
    return ((Verification.Valid) answer).claims().keyIdHex();
  }
}
