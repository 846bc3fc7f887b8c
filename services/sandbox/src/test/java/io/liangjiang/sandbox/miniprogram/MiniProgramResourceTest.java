package io.liangjiang.sandbox.miniprogram;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.sandbox.MutableClock;
import io.liangjiang.sandbox.SandboxTestResource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(SandboxTestResource.class)
class MiniProgramResourceTest {
  private static final String APP_ID = "wx6c6a000000000001";
  private static final String SECRET = "sandbox-app-secret";

  @Inject MutableClock clock;

  @AfterEach
  void reset() {
    clock.reset();
    given().delete("/faults").then().statusCode(200);
  }

  @Test
  void givesAnOpenIdThatStaysWithThePhone() {
    JsonPath first = session(codes("13800000001").getString("jsCode"));
    JsonPath again = session(codes("13800000001").getString("jsCode"));
    JsonPath other = session(codes("13800000002").getString("jsCode"));

    assertThat(first.getString("openid")).hasSize(28).startsWith("o");
    assertThat(again.getString("openid")).isEqualTo(first.getString("openid"));
    assertThat(again.getString("unionid")).isEqualTo(first.getString("unionid"));
    assertThat(again.getString("session_key")).isNotEqualTo(first.getString("session_key"));
    assertThat(other.getString("openid")).isNotEqualTo(first.getString("openid"));
  }

  @Test
  void aCodeWorksOnce() {
    String code = codes("13800000003").getString("jsCode");
    session(code);

    assertThat(session(code).getInt("errcode")).isEqualTo(40163);
  }

  @Test
  void aCodeLivesFiveMinutes() {
    String young = codes("13800000004").getString("jsCode");
    String old = codes("13800000004").getString("jsCode");

    clock.advance(Duration.ofMinutes(4));
    assertThat(session(young).getString("openid")).startsWith("o");
    clock.advance(Duration.ofMinutes(1));
    assertThat(session(old).getInt("errcode")).isEqualTo(40029);
  }

  @Test
  void thePhoneNumberComesByTheSecondCode() {
    JsonPath codes = codes("13912345678");
    String token = token().getString("access_token");

    JsonPath answer = phoneNumber(token, codes.getString("phoneCode"));

    assertThat(answer.getInt("errcode")).isZero();
    assertThat(answer.getString("phone_info.purePhoneNumber")).isEqualTo("13912345678");
    assertThat(answer.getString("phone_info.countryCode")).isEqualTo("86");
    assertThat(answer.getString("phone_info.watermark.appid")).isEqualTo(APP_ID);
    assertThat(phoneNumber(token, codes.getString("jsCode")).getInt("errcode")).isEqualTo(40029);
    assertThat(phoneNumber(token, codes.getString("phoneCode")).getInt("errcode")).isEqualTo(40029);
  }

  @Test
  void theStableTokenIsGoodToo() {
    var asked = Map.of("grant_type", "client_credential", "appid", APP_ID, "secret", SECRET);
    JsonPath answer =
        given().contentType(ContentType.JSON).body(asked).post("/cgi-bin/stable_token").jsonPath();
    String code = codes("13912345679").getString("phoneCode");

    assertThat(answer.getInt("expires_in")).isEqualTo(7_200);
    assertThat(phoneNumber(answer.getString("access_token"), code).getInt("errcode")).isZero();
    var wrong = Map.of("grant_type", "client_credential", "appid", APP_ID, "secret", "no");
    assertThat(
            given()
                .contentType(ContentType.JSON)
                .body(wrong)
                .post("/cgi-bin/stable_token")
                .jsonPath()
                .getInt("errcode"))
        .isEqualTo(40125);
  }

  @Test
  void anAccessTokenLivesTwoHours() {
    String token = token().getString("access_token");
    clock.advance(Duration.ofHours(2));

    String code = codes("13912345678").getString("phoneCode");

    assertThat(phoneNumber(token, code).getInt("errcode")).isEqualTo(40001);
    assertThat(phoneNumber("1_x", code).getInt("errcode")).isEqualTo(40001);
    assertThat(phoneNumber("", code).getInt("errcode")).isEqualTo(40001);
  }

  @Test
  void refusesAWrongApp() {
    assertThat(sessionOf("wx0", SECRET, "authorization_code").getInt("errcode")).isEqualTo(40013);
    assertThat(sessionOf(APP_ID, "no", "authorization_code").getInt("errcode")).isEqualTo(40125);
    assertThat(sessionOf(APP_ID, SECRET, "password").getInt("errcode")).isEqualTo(40002);
    assertThat(sessionOf(APP_ID, SECRET, "authorization_code").getInt("errcode")).isEqualTo(40029);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1380000000", "138000000011", "12800000001", "+8613800000001", "a"})
  void refusesWhatIsNoPhone(String phone) {
    given()
        .contentType(ContentType.JSON)
        .body(Map.of("phone", phone))
        .post("/jsCodes")
        .then()
        .statusCode(400);
  }

  @Test
  void isBusyWhenToldTo() {
    String code = codes("13800000005").getString("jsCode");
    given().contentType(ContentType.JSON).body("{\"login\":\"FAIL\"}").post("/faults");

    assertThat(session(code).getInt("errcode")).isEqualTo(-1);
    given().delete("/faults");
    assertThat(session(code).getString("openid")).startsWith("o");
  }

  private static JsonPath codes(String phone) {
    return given()
        .contentType(ContentType.JSON)
        .body(Map.of("phone", phone))
        .post("/jsCodes")
        .jsonPath();
  }

  private static JsonPath session(String code) {
    return app(APP_ID, SECRET, "authorization_code")
        .queryParam("js_code", code)
        .get("/sns/jscode2session")
        .jsonPath();
  }

  private static JsonPath sessionOf(String appId, String secret, String grantType) {
    return app(appId, secret, grantType)
        .queryParam("js_code", "none")
        .get("/sns/jscode2session")
        .jsonPath();
  }

  private static JsonPath token() {
    return app(APP_ID, SECRET, "client_credential").get("/cgi-bin/token").jsonPath();
  }

  private static RequestSpecification app(String appId, String secret, String grantType) {
    return given()
        .queryParam("appid", appId)
        .queryParam("secret", secret)
        .queryParam("grant_type", grantType);
  }

  private static JsonPath phoneNumber(String token, String code) {
    return given()
        .queryParam("access_token", token)
        .contentType(ContentType.JSON)
        .body(Map.of("code", code))
        .post("/wxa/business/getuserphonenumber")
        .jsonPath();
  }
}
