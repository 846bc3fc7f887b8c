package io.liangjiang.sandbox.channel;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import com.wechat.pay.java.core.RSAAutoCertificateConfig;
import com.wechat.pay.java.core.certificate.AutoCertificateService;
import com.wechat.pay.java.core.http.DefaultHttpClientBuilder;
import com.wechat.pay.java.core.util.PemUtil;
import io.liangjiang.sandbox.MutableClock;
import io.liangjiang.sandbox.SandboxTestResource;
import io.liangjiang.sandbox.keys.ChannelKeySet;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.util.Base64;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Signs by hand, so that each part of a signature can be wrong. */
@QuarkusTest
@QuarkusTestResource(SandboxTestResource.class)
class ChannelGateTest {
  private static final String PREFIX = "LIANGJIANG_CHANNEL_SANDBOX_PAY_";
  private static final String QUERY = "/v3/pay/transactions/out-trade-no/unknown1?mchid=1900000109";

  @ConfigProperty(name = "test.keys")
  String keys;

  @Inject MutableClock clock;

  private Map<String, String> environment;

  @BeforeEach
  void readKeys() throws Exception {
    environment = ChannelKeySet.in(Path.of(keys)).paymentsEnvironment();
  }

  @AfterEach
  void reset() {
    clock.reset();
  }

  /** What is signed, and what is said to have been signed. */
  private record Draft(
      String signedUrl, String body, String merchantId, String serial, String nonce, long time) {
    Draft withUrl(String url) {
      return new Draft(url, body, merchantId, serial, nonce, time);
    }

    Draft withMerchant(String id) {
      return new Draft(signedUrl, body, id, serial, nonce, time);
    }

    Draft withSerial(String other) {
      return new Draft(signedUrl, body, merchantId, other, nonce, time);
    }

    Draft at(long seconds) {
      return new Draft(signedUrl, body, merchantId, serial, nonce, seconds);
    }
  }

  @Test
  void takesARequestThatIsSignedRightAndSignsTheAnswer() throws Exception {
    Response response = get(draft());

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.jsonPath().getString("code")).isEqualTo("ORDER_NOT_EXIST");
    assertThat(response.header("Wechatpay-Serial"))
        .isEqualTo(environment.get(PREFIX + "PLATFORM_PUBLIC_KEY_ID"));
    assertThat(isSignedByPlatform(response)).isTrue();
  }

  @Test
  void refusesARequestThatIsSentAgain() throws Exception {
    String authorization = authorization(draft());

    assertThat(request(authorization).get(QUERY).statusCode()).isEqualTo(404);
    assertSignError(request(authorization).get(QUERY));
  }

  @Test
  void refusesARequestFromAnotherTime() throws Exception {
    long now = clock.instant().getEpochSecond();

    assertSignError(get(draft().at(now - 301)));
    assertSignError(get(draft().at(now + 302)));
    assertThat(get(draft().at(now - 290)).statusCode()).isEqualTo(404);
  }

  @Test
  void refusesAWrongSerialMerchantOrAddress() throws Exception {
    assertSignError(get(draft().withSerial("ABCDEF")));
    assertSignError(get(draft().withMerchant("1900000110")));
    assertSignError(get(draft().withUrl(QUERY + "&x=1")));
  }

  @Test
  void refusesABodyThatWasChanged() throws Exception {
    String path = "/v3/refund/domestic/refunds";
    Draft signed = new Draft(path, "{}", draft().merchantId, draft().serial, nonce(), now());

    Response response =
        request(authorization("POST", signed))
            .contentType("application/json")
            .body("{ }")
            .post(path);

    assertSignError(response);
  }

  @Test
  void refusesARequestWithoutSignature() {
    assertSignError(given().get(QUERY));
    assertSignError(request("Bearer x").get(QUERY));
    assertSignError(request("WECHATPAY2-SHA256-RSA2048 mchid=\"1900000109\"").get(QUERY));
    assertSignError(given().get("/v3/billdownload/file?token=x"));
  }

  @Test
  void handsOutItsCertificateToTheOfficialDownloader() {
    RSAAutoCertificateConfig config =
        new RSAAutoCertificateConfig.Builder()
            .merchantId(environment.get(PREFIX + "MERCHANT_ID"))
            .merchantSerialNumber(environment.get(PREFIX + "MERCHANT_SERIAL"))
            .privateKeyFromPath(environment.get(PREFIX + "MERCHANT_PRIVATE_KEY_FILE"))
            .apiV3Key(environment.get(PREFIX + "API_V3_KEY"))
            .httpClientBuilder(
                new DefaultHttpClientBuilder().okHttpClient(Merchant.redirected(RestAssured.port)))
            .build();
    try {
      assertThat(config.createVerifier().getSerialNumber())
          .isEqualTo(PemUtil.getSerialNumber(certificate()));
    } finally {
      AutoCertificateService.shutdown();
    }
  }

  private Draft draft() {
    return new Draft(
        QUERY,
        "",
        environment.get(PREFIX + "MERCHANT_ID"),
        environment.get(PREFIX + "MERCHANT_SERIAL"),
        nonce(),
        now());
  }

  private X509Certificate certificate() {
    return PemUtil.loadX509FromPath(keys + "/platform-certificate.pem");
  }

  private Response get(Draft draft) throws Exception {
    return request(authorization(draft)).get(QUERY);
  }

  private RequestSpecification request(String authorization) {
    return given()
        .urlEncodingEnabled(false)
        .header("Authorization", authorization)
        .header("Wechatpay-Serial", environment.get(PREFIX + "PLATFORM_PUBLIC_KEY_ID"));
  }

  private String authorization(Draft draft) throws Exception {
    return authorization("GET", draft);
  }

  private String authorization(String method, Draft draft) throws Exception {
    String message =
        String.join(
            "\n", method, draft.signedUrl, Long.toString(draft.time), draft.nonce, draft.body, "");
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initSign(
        PemUtil.loadPrivateKeyFromPath(environment.get(PREFIX + "MERCHANT_PRIVATE_KEY_FILE")));
    signature.update(message.getBytes(StandardCharsets.UTF_8));
    return "WECHATPAY2-SHA256-RSA2048 mchid=\"%s\",nonce_str=\"%s\",signature=\"%s\",timestamp=\"%d\",serial_no=\"%s\""
        .formatted(
            draft.merchantId,
            draft.nonce,
            Base64.getEncoder().encodeToString(signature.sign()),
            draft.time,
            draft.serial);
  }

  private boolean isSignedByPlatform(Response response) throws Exception {
    Signature signature = Signature.getInstance("SHA256withRSA");
    signature.initVerify(
        PemUtil.loadPublicKeyFromPath(environment.get(PREFIX + "PLATFORM_PUBLIC_KEY_FILE")));
    String text =
        response.header("Wechatpay-Timestamp")
            + "\n"
            + response.header("Wechatpay-Nonce")
            + "\n"
            + response.asString()
            + "\n";
    signature.update(text.getBytes(StandardCharsets.UTF_8));
    return signature.verify(Base64.getDecoder().decode(response.header("Wechatpay-Signature")));
  }

  private static void assertSignError(Response response) {
    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.jsonPath().getString("code")).isEqualTo("SIGN_ERROR");
  }

  private long now() {
    return clock.instant().getEpochSecond();
  }

  private static String nonce() {
    return Merchant.newNumber();
  }
}
