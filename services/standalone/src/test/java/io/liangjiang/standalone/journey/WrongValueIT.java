package io.liangjiang.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.restassured.path.json.JsonPath;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Requests of the right form with wrong values: each is refused for its own reason, and nothing is
 * written.
 */
@ExtendWith(CityExtension.class)
final class WrongValueIT {
  private static final String NOBODYS_ID = "018f0000-0000-7000-8000-000000000000";

  private final City city;

  WrongValueIT(City city) {
    this.city = city;
  }

  private record Wrong(String why, String path, Object body, int status, String reason) {}

  @TestFactory
  Stream<DynamicTest> signingInWithWrongValues() {
    String password = city.staffPassword("gate");
    return tests(
        Caller.anonymous(city),
        List.of(
            new Wrong(
                "a made-up js code",
                "/v1/sessions:signInWithMiniProgram",
                Map.of("appId", "wx6c6a000000000001", "jsCode", "made-up"),
                400,
                "INVALID_JS_CODE"),
            new Wrong(
                "another city's app",
                "/v1/sessions:signInWithMiniProgram",
                Map.of("appId", "wx0000000000000000", "jsCode", "made-up"),
                404,
                "APP_NOT_FOUND"),
            new Wrong(
                "no js code",
                "/v1/sessions:signInWithMiniProgram",
                Map.of("appId", "wx6c6a000000000001"),
                400,
                "INVALID_ARGUMENT"),
            new Wrong(
                "a wrong password",
                "/v1/sessions:signInStaff",
                Map.of("username", "gate", "password", password + "x"),
                401,
                "INVALID_CREDENTIALS"),
            new Wrong(
                "an unknown name",
                "/v1/sessions:signInStaff",
                Map.of("username", "nobody", "password", password),
                401,
                "INVALID_CREDENTIALS"),
            new Wrong(
                "a made-up refresh token",
                "/v1/sessions:refresh",
                Map.of("refreshToken", "made-up"),
                401,
                "INVALID_REFRESH_TOKEN"),
            new Wrong(
                "signing out with nothing",
                "/v1/sessions:signOut",
                Map.of(),
                401,
                "UNAUTHENTICATED")));
  }

  @TestFactory
  Stream<DynamicTest> provingAndFamilyWithWrongValues() {
    String verify = "/v1/citizens/me:verifyRealName";
    String family = "/v1/citizens/me/dependants";
    return tests(
        Citizen.signedIn(city).caller(),
        List.of(
            new Wrong(
                "a wrong check character",
                verify,
                Map.of("name", "李雷", "idNumber", "500101199001011234"),
                400,
                "INVALID_ID_NUMBER"),
            new Wrong(
                "no name",
                verify,
                Map.of("idNumber", Persons.all(city).getFirst().get("idNumber")),
                400,
                "INVALID_ARGUMENT"),
            new Wrong(
                "another's number",
                verify,
                Map.of("name", "无此人", "idNumber", Persons.all(city).getFirst().get("idNumber")),
                409,
                "REAL_NAME_MISMATCH"),
            new Wrong(
                "a birth date that is none",
                family,
                Map.of("name", "小宝", "birthDate", "2020-02-30", "relation", "CHILD"),
                400,
                "INVALID_ARGUMENT"),
            new Wrong(
                "no relation",
                family,
                Map.of("name", "小宝", "birthDate", "2020-02-28"),
                400,
                "INVALID_ARGUMENT"),
            new Wrong(
                "a relation nobody has",
                family,
                Map.of("name", "小宝", "birthDate", "2020-02-28", "relation", "DRAGON"),
                400,
                "INVALID_ARGUMENT"),
            new Wrong(
                "a trip without a proved name",
                "/v1/trips",
                Map.of("items", List.of()),
                403,
                "ASSURANCE_LEVEL_TOO_LOW"),
            new Wrong(
                "an appointment without a proved name",
                "/v1/appointments",
                Map.of("slotId", "x", "patientId", "y"),
                403,
                "ASSURANCE_LEVEL_TOO_LOW")));
  }

  @TestFactory
  Stream<DynamicTest> payingWithWrongValues() {
    String topUps = "/v1/wallets/me/topUps";
    return tests(
        Citizen.signedIn(city).caller(),
        List.of(
            new Wrong(
                "nothing to top up",
                topUps,
                Map.of("amount", Citizen.money(0), "channel", "SANDBOX_PAY"),
                400,
                "INVALID_AMOUNT"),
            new Wrong(
                "a negative top-up",
                topUps,
                Map.of("amount", Citizen.money(-1), "channel", "SANDBOX_PAY"),
                400,
                "INVALID_AMOUNT"),
            new Wrong(
                "too much",
                topUps,
                Map.of("amount", Citizen.money(5_000_001), "channel", "SANDBOX_PAY"),
                400,
                "INVALID_AMOUNT"),
            new Wrong(
                "half a fen",
                topUps,
                Map.of(
                    "amount",
                    Map.of("amountMinor", 0.5, "currencyCode", "CNY"),
                    "channel",
                    "SANDBOX_PAY"),
                400,
                "INVALID_ARGUMENT"),
            new Wrong(
                "the wallet from itself",
                topUps,
                Map.of("amount", Citizen.money(1), "channel", "WALLET"),
                400,
                "CHANNEL_NOT_ALLOWED"),
            new Wrong(
                "an unknown channel",
                topUps,
                Map.of("amount", Citizen.money(1), "channel", "SHELLS"),
                400,
                "INVALID_ARGUMENT"),
            new Wrong(
                "an order that is not there",
                "/v1/paymentOrders/" + NOBODYS_ID + ":pay",
                Map.of("channel", "WALLET"),
                404,
                "PAYMENT_ORDER_NOT_FOUND")));
  }

  @TestFactory
  Stream<DynamicTest> bookingWithWrongValues() {
    Citizen citizen = Citizen.verified(city);
    String slot = Park.slot(citizen.caller());
    Map<String, String> wrongNumber = Map.of("name", "李雷", "idNumber", "500101199001011234");
    Map<String, String> stranger = Map.of("dependantId", NOBODYS_ID);
    return tests(
        citizen.caller(),
        List.of(
            new Wrong(
                "a trip of nobody",
                "/v1/trips",
                Map.of("items", List.of()),
                400,
                "INVALID_ARGUMENT"),
            new Wrong(
                "a slot that is not there",
                "/v1/trips",
                Map.of("items", List.of(Park.item(NOBODYS_ID, "ADULT", citizen.holder()))),
                404,
                "TIME_SLOT_NOT_FOUND"),
            new Wrong(
                "a holder with a wrong number",
                "/v1/trips",
                Map.of("items", List.of(Park.item(slot, "ADULT", wrongNumber))),
                400,
                "INVALID_ID_NUMBER"),
            new Wrong(
                "a stranger's child",
                "/v1/trips",
                Map.of("items", List.of(Park.item(slot, "CHILD", stranger))),
                404,
                "DEPENDANT_NOT_FOUND"),
            new Wrong(
                "an appointment that is not there",
                "/v1/appointments",
                Map.of("slotId", NOBODYS_ID, "patientId", citizen.child()),
                404,
                "SLOT_NOT_FOUND")));
  }

  @TestFactory
  Stream<DynamicTest> readingCodesWithWrongValues() {
    Map<String, String> garbage = CitizenDayIT.reading("garbage", Park.SITE + "-g1");
    return tests(
        Caller.staff(city, "gate"),
        List.of(
            new Wrong("a code that is none", "/v1/checkIns:redeem", garbage, 400, "INVALID_CODE"),
            new Wrong(
                "another operator's gate",
                "/v1/checkIns:redeem",
                CitizenDayIT.reading("garbage", "nanchuan-jinfo-mountain-g1"),
                404,
                "GATE_NOT_FOUND"),
            new Wrong(
                "no nonce",
                "/v1/checkIns:redeem",
                Map.of("code", "garbage", "gateId", Park.SITE + "-g1"),
                400,
                "INVALID_ARGUMENT")));
  }

  @Test
  void wrongTapIsRefusedAloneAndLeavesNoRide() {
    Citizen citizen = Citizen.signedIn(city);
    String code =
        citizen.caller().post("/v1/cityCodes", Map.of()).statusCode(200).extract().path("code");
    Map<String, Object> forged =
        Map.of(
            "tapId",
            UUID.randomUUID().toString(),
            "code",
            code.substring(0, code.length() - 4) + "AAAA",
            "lineId",
            "cq-181",
            "vehicleId",
            "渝A00181D",
            "tapTime",
            Instant.now().toString());

    JsonPath answer =
        Caller.staff(city, "bus-operator")
            .post("/v1/taps:upload", Map.of("taps", List.of(forged)))
            .statusCode(200)
            .extract()
            .jsonPath();

    assertThat(answer.getString("results[0].outcome")).isEqualTo("REFUSED");
    assertThat(citizen.caller().<List<Object>>ask("/v1/rides", "rides")).isEmpty();
  }

  @Test
  void paymentBeyondTheWalletChangesNothing() {
    Citizen citizen = Citizen.verified(city).withMoney(100);
    String slot = Park.slot(citizen.caller());
    JsonPath trip =
        citizen
            .caller()
            .post("/v1/trips", Park.tripFor(slot, citizen))
            .statusCode(200)
            .extract()
            .jsonPath();
    String order = "/v1/paymentOrders/" + trip.getString("paymentOrderId");

    JsonPath refused =
        citizen
            .caller()
            .post(order + ":pay", Map.of("channel", "WALLET"))
            .statusCode(409)
            .extract()
            .jsonPath();

    assertThat(refused.getString("reason")).isEqualTo("INSUFFICIENT_FUNDS");
    assertThat(citizen.balance()).isEqualTo(100);
    assertThat(citizen.caller().<String>ask(order, "state")).isEqualTo("CREATED");
  }

  @Test
  void usedKeyWithOtherContentIsRefused() {
    Citizen citizen = Citizen.signedIn(city);
    UUID key = UUID.randomUUID();
    String topUps = "/v1/wallets/me/topUps";
    Map<String, Object> first = Map.of("amount", Citizen.money(100), "channel", "SANDBOX_PAY");
    Map<String, Object> other = Map.of("amount", Citizen.money(200), "channel", "SANDBOX_PAY");
    citizen.caller().post(topUps, first, key).statusCode(200);

    JsonPath refused =
        citizen.caller().post(topUps, other, key).statusCode(409).extract().jsonPath();

    assertThat(refused.getString("reason")).isEqualTo("REQUEST_ID_REUSED");
    assertThat(Eventually.is(citizen::balance, fen -> fen == 100)).isEqualTo(100);
  }

  @Test
  void strangersSeeNothingOfATrip() {
    Citizen owner = Citizen.verified(city);
    Citizen stranger = Citizen.verified(city);
    String slot = Park.slot(owner.caller());
    JsonPath trip =
        owner
            .caller()
            .post("/v1/trips", Park.tripFor(slot, owner))
            .statusCode(200)
            .extract()
            .jsonPath();

    WrongInputIT.refused(
        stranger.caller().get("/v1/trips/" + trip.getString("tripId")).extract().response(),
        404,
        "TRIP_NOT_FOUND");
    WrongInputIT.refused(
        stranger
            .caller()
            .get("/v1/paymentOrders/" + trip.getString("paymentOrderId"))
            .extract()
            .response(),
        404,
        "PAYMENT_ORDER_NOT_FOUND");
  }

  /** One test a wrong request, and one that finds nothing written by any of them. */
  private Stream<DynamicTest> tests(Caller caller, List<Wrong> all) {
    Stream<DynamicTest> refusals =
        all.stream()
            .map(
                wrong ->
                    DynamicTest.dynamicTest(
                        wrong.why(),
                        () ->
                            WrongInputIT.refused(
                                caller.post(wrong.path(), wrong.body()).extract().response(),
                                wrong.status(),
                                wrong.reason())));
    return Stream.concat(
        refusals, Stream.of(DynamicTest.dynamicTest("nothing is written", () -> clean(caller))));
  }

  private static void clean(Caller caller) {
    if (caller.get("/v1/citizens/me").extract().statusCode() != 200) {
      return;
    }
    assertThat(caller.<List<Object>>ask("/v1/wallets/me/entries", "entries")).isEmpty();
    assertThat(caller.<List<Object>>ask("/v1/trips", "trips")).isEmpty();
    assertThat(caller.<List<Object>>ask("/v1/appointments", "appointments")).isEmpty();
    assertThat(caller.<List<Object>>ask("/v1/rides", "rides")).isEmpty();
  }
}
