package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.Service;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A citizen lives a day, takes all data along, and is forgotten by every service. */
@ExtendWith(CityExtension.class)
final class ErasureIT {
  private static final long RIDE_FEN = 200;

  /** Tables that keep the citizen's id, which says nothing of the person any more. */
  private static final Set<String> HOLDS =
      Set.of(
          "healthcare.access_record",
          "healthcare.appointment",
          "healthcare.idempotency_record",
          "healthcare.outbox_event",
          "identity.access_record",
          "identity.audit_record",
          "identity.consent_chain",
          "identity.consent_revision",
          "identity.erasure",
          "identity.outbox_event",
          "payments.access_record",
          "payments.account",
          "payments.channel_payment",
          "payments.charge",
          "payments.idempotency_record",
          "payments.outbox_event",
          "payments.payment_order",
          "payments.wallet",
          "payments.wallet_entry",
          "tourism.access_record",
          "tourism.idempotency_record",
          "tourism.outbox_event",
          "tourism.ticket",
          "tourism.trip",
          "transit.access_record",
          "transit.code_revocation",
          "transit.idempotency_record",
          "transit.outbox_event",
          "transit.ride");

  private final City city;
  private final DatabaseDump dump;

  ErasureIT(City city) {
    this.city = city;
    this.dump = new DatabaseDump(city);
  }

  @Test
  void nothingOfThePersonIsLeftInAnyDatabase() throws Exception {
    String phone = "139%08d".formatted(ThreadLocalRandom.current().nextInt(100_000_000));
    Map<String, String> person = Persons.fresh(city);
    String name = person.get("name");
    String number = person.get("idNumber");
    Map<String, Integer> namesakes = dump.find(name);
    Citizen citizen = verified(phone, person).withMoney(Park.ADULT_FEN + RIDE_FEN);
    String citizenId = citizen.caller().ask("/v1/citizens/me", "citizenId");
    String openId =
        dump.ask(
            Service.IDENTITY,
            "select open_id from sign_in_identity where citizen_id = ?::uuid",
            citizenId);

    JsonPath blocked =
        citizen
            .caller()
            .post("/v1/citizens/me:erase", Map.of())
            .statusCode(409)
            .extract()
            .jsonPath();
    assertThat(blocked.getString("reason")).isEqualTo("ERASURE_BLOCKED");
    assertThat(blocked.getString("metadata.blockers")).contains("payments/WALLET_BALANCE");
    liveADay(citizen);

    Map<String, String> archive = archive(citizen);
    assertThat(archive.get("identity/real-name.json")).contains(name, number);
    assertThat(archive.get("identity/phone.json")).contains(phone);
    assertThat(archive.get("tourism/ticket-holder.json")).contains(name, number);
    assertThat(archive.get("transit/ride.json")).contains("cq-181");
    assertThat(dump.find(openId)).containsKey("identity.sign_in_identity");

    JsonPath asked =
        Eventually.is(
                () -> citizen.caller().post("/v1/citizens/me:erase", Map.of()),
                answer -> answer.extract().statusCode() == 200)
            .statusCode(200)
            .extract()
            .jsonPath();
    city.kill("tourism");
    city.kill("identity");
    city.restart("identity");
    city.restart("tourism");

    JsonPath certificate = certificate(asked);
    assertThat(certificate.getString("state")).isEqualTo("COMPLETED");
    assertThat(certificate.<String>getList("steps.service"))
        .containsExactly("payments", "transit", "tourism", "healthcare", "identity");
    assertThat(certificate.<String>getList("steps.holds.flatten().dataKind"))
        .contains("payment-order", "ride", "trip", "appointment");
    for (String identifier : List.of(number, phone, openId)) {
      assertThat(dump.find(identifier)).as("who has %s", identifier).isEmpty();
    }
    assertThat(dump.find(name)).isEqualTo(namesakes);
    assertThat(dump.find(citizenId).keySet()).isSubsetOf(HOLDS);
    Books.areZero(city);
  }

  @Test
  void theSearchFindsWhatIsPlanted() {
    String planted = "planted-" + UUID.randomUUID();
    String insert =
        "insert into audit_record (audit_record_id, action, actor, subject, detail, create_time)"
            + " values (gen_random_uuid(), 'test', 'test', 'test', ?, now())";
    dump.run(Service.IDENTITY, insert, "said by " + planted);
    assertThat(dump.find(planted)).containsExactly(Map.entry("identity.audit_record", 1));
    String bytes =
        "insert into idempotency_record (caller, request_id, request_type, request_sha256,"
            + " response) values ('test', gen_random_uuid(), 'test', sha256(''), convert_to(?,"
            + " 'UTF8'))";
    dump.run(Service.HEALTHCARE, bytes, "x" + planted + "x");
    assertThat(dump.find(planted))
        .containsOnlyKeys("identity.audit_record", "healthcare.idempotency_record");
    dump.run(Service.IDENTITY, "delete from audit_record where detail like '%' || ?", planted);
    dump.run(
        Service.HEALTHCARE,
        "delete from idempotency_record where caller = 'test' and ? <> ''",
        planted);
    assertThat(dump.find(planted)).isEmpty();
  }

  private Citizen verified(String phone, Map<String, String> person) {
    Map<String, String> codes =
        given()
            .baseUri(city.sandboxUrl().toString())
            .contentType(ContentType.JSON)
            .body(Map.of("phone", phone))
            .post("/jsCodes")
            .then()
            .statusCode(200)
            .extract()
            .path("");
    Map<String, Object> login =
        Map.of(
            "appId", codes.get("appId"),
            "jsCode", codes.get("jsCode"),
            "phoneCode", codes.get("phoneCode"));
    var session =
        Caller.anonymous(city)
            .post("/v1/sessions:signInWithMiniProgram", login)
            .statusCode(200)
            .extract();
    String token =
        Caller.withToken(city, session.path("accessToken"))
            .post("/v1/citizens/me:verifyRealName", person)
            .statusCode(200)
            .extract()
            .path("accessToken");
    return new Citizen(Caller.withToken(city, token), token, session.path("refreshToken"), person);
  }

  /** A ticket that is used, a ride that is paid, an appointment that is given back. */
  private void liveADay(Citizen citizen) {
    Caller phone = citizen.caller();
    JsonPath trip =
        phone
            .post("/v1/trips", Park.tripFor(Park.slot(phone), citizen))
            .statusCode(200)
            .extract()
            .jsonPath();
    citizen.pay(trip.getString("paymentOrderId"), "WALLET");
    String path = "/v1/trips/" + trip.getString("tripId");
    assertThat(citizen.stateOf(path, "CONFIRMED")).isEqualTo("CONFIRMED");
    String ticketId = phone.ask(path, "ticketIds[0]");
    String gateId = phone.ask("/v1/sites/" + Park.SITE, "gates[0].gateId");
    String ticket = phone.ask("/v1/tickets/" + ticketId, "code");
    Caller.staff(city, "gate")
        .post("/v1/checkIns:redeem", CitizenDayIT.reading(ticket, gateId))
        .statusCode(200);

    String code = phone.post("/v1/cityCodes", Map.of()).statusCode(200).extract().path("code");
    Caller.staff(city, "bus-operator")
        .post("/v1/taps:upload", Map.of("taps", List.of(CitizenDayIT.tap(code))))
        .statusCode(200);
    Eventually.is(
        () -> phone.<List<String>>ask("/v1/rides", "rides.state"), List.of("SUCCESS")::equals);

    String slot =
        phone.ask(
            "/v1/departments/cch-general-medicine/slots?pageSize=100&date="
                + Park.today().plusDays(2),
            "slots.find { it.status == 'FREE' }.slotId");
    String citizenId = phone.ask("/v1/citizens/me", "citizenId");
    String appointmentId =
        phone
            .post("/v1/appointments", Map.of("slotId", slot, "patientId", citizenId))
            .statusCode(200)
            .extract()
            .path("appointmentId");
    phone.post("/v1/appointments/" + appointmentId + ":cancel", Map.of()).statusCode(200);
  }

  private Map<String, String> archive(Citizen citizen) throws IOException {
    Caller phone = citizen.caller();
    String exportId =
        phone.post("/v1/citizens/me/exports", Map.of()).statusCode(200).extract().path("exportId");
    String path = "/v1/citizens/me/exports/" + exportId;
    assertThat(citizen.stateOf(path, "READY")).isEqualTo("READY");
    byte[] bytes =
        phone
            .get(path + ":download")
            .statusCode(200)
            .contentType("application/zip")
            .extract()
            .asByteArray();
    var files = new TreeMap<String, String>();
    try (var zip = new ZipInputStream(new ByteArrayInputStream(bytes))) {
      for (var entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
      }
    }
    return files;
  }

  private JsonPath certificate(JsonPath asked) {
    Map<String, String> body =
        Map.of(
            "erasureId", asked.getString("erasureId"),
            "certificateCode", asked.getString("certificateCode"));
    Caller nobody = Caller.anonymous(city);
    JsonPath last = null;
    for (int minute = 0; minute < 3; minute++) {
      last =
          Eventually.is(
              () -> nobody.post("/v1/erasures:get", body).statusCode(200).extract().jsonPath(),
              answer -> answer.getString("state").equals("COMPLETED"));
    }
    return last;
  }
}
