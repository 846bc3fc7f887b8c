package io.liangjiang.sandbox.channel;

import static io.restassured.RestAssured.given;

import io.restassured.http.ContentType;
import io.restassured.path.json.JsonPath;
import java.util.Map;

/** A phone whose owner has signed in to the mini-program. */
final class PhoneSignIn {
  private static final String PHONE = "13900000001";

  private PhoneSignIn() {}

  /** The owner's openid. */
  static String openId(int sandboxPort) {
    String sandbox = "http://localhost:" + sandboxPort;
    String code =
        given()
            .baseUri(sandbox)
            .contentType(ContentType.JSON)
            .body(Map.of("phone", PHONE))
            .post("/jsCodes")
            .jsonPath()
            .getString("jsCode");
    String answer =
        given()
            .baseUri(sandbox)
            .queryParam("appid", Merchant.APP_ID)
            .queryParam("secret", "sandbox-app-secret")
            .queryParam("js_code", code)
            .queryParam("grant_type", "authorization_code")
            .get("/sns/jscode2session")
            .asString();
    return JsonPath.from(answer).getString("openid");
  }
}
