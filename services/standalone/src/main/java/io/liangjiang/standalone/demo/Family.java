package io.liangjiang.standalone.demo;

import io.liangjiang.standalone.phone.Answer;
import io.liangjiang.standalone.phone.Phone;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** The parent's phone, and who belongs to the family. */
final class Family {
  static final ZoneId TIME_ZONE = ZoneId.of("Asia/Shanghai");
  private static final int TRIES = 5;

  private final Story story;
  private final Phone gateway;
  private final Phone sandbox;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final LocalDate today = LocalDate.now(TIME_ZONE);
  private Phone phone;
  private TestPerson parent = new TestPerson("", "");
  private TestPerson grandparent = new TestPerson("", "");
  private String childId = "";
  private String childName = "";

  Family(Story story, HttpClient http, URI gatewayUrl, URI sandboxUrl) {
    this.story = story;
    this.gateway = Phone.anonymous(http, gatewayUrl).patient();
    this.sandbox = Phone.anonymous(http, sandboxUrl).patient();
    this.phone = gateway;
  }

  /** The parent's phone, signed in. */
  Phone phone() {
    return phone;
  }

  TestPerson grandparent() {
    return grandparent;
  }

  TestPerson parent() {
    return parent;
  }

  String childId() {
    return childId;
  }

  String childName() {
    return childName;
  }

  LocalDate today() {
    return today;
  }

  void signIn() {
    story.chapter("A parent signs in from a mini-program and proves who she is");
    String number = "139%08d".formatted(random.nextInt(100_000_000));
    Answer code = story.good("a js code", sandbox.post("/jsCodes", Map.of("phone", number)));
    Map<String, String> login =
        Map.of(
            "appId", code.text("/appId"),
            "jsCode", code.text("/jsCode"),
            "phoneCode", code.text("/phoneCode"));
    Answer session =
        story.good("sign-in", gateway.post("/v1/sessions:signInWithMiniProgram", login));
    phone = gateway.with(session.text("/accessToken"));
    story.tell(
        "Phone %s signed in; citizen %s"
            .formatted(session.text("/citizen/maskedPhone"), session.text("/citizen/citizenId")));
    story.refused(
        "the same js code again",
        gateway.post("/v1/sessions:signInWithMiniProgram", login),
        400,
        "INVALID_JS_CODE");
    refresh(proveRealName(session.text("/refreshToken")));
  }

  private String proveRealName(String refreshToken) {
    List<TestPerson> adults =
        TestPerson.all(sandbox, story).stream().filter(p -> p.isAdult(today)).toList();
    story.refused(
        "an identification number with a wrong check character",
        phone.post(VERIFY, Map.of("name", "李雷", "idNumber", "500101199001011234")),
        400,
        "INVALID_ID_NUMBER");
    Answer verified = verify(adults);
    for (int i = 1; i < TRIES && verified.reason().equals("ID_NUMBER_TAKEN"); i++) {
      verified = verify(adults);
    }
    story.good("real name", verified);
    grandparent = TestPerson.anyOf(adults, random);
    story.holds("assurance level", verified.text("/assuranceLevel").equals("REAL_NAME"), verified);
    story.tell(
        "Real name matched with the register: %s, assurance level REAL_NAME"
            .formatted(verified.text("/displayName")));
    return refreshToken;
  }

  private static final String VERIFY = "/v1/citizens/me:verifyRealName";

  private Answer verify(List<TestPerson> adults) {
    parent = TestPerson.anyOf(adults, random);
    return phone.post(VERIFY, Map.of("name", parent.name(), "idNumber", parent.idNumber()));
  }

  private void refresh(String refreshToken) {
    Map<String, String> body = Map.of("refreshToken", refreshToken);
    Answer first = story.good("refresh", gateway.post("/v1/sessions:refresh", body));
    Answer again = story.good("refresh again", gateway.post("/v1/sessions:refresh", body));
    story.holds(
        "a repeated refresh answers with the same successor",
        first.text("/refreshToken").equals(again.text("/refreshToken")),
        again);
    phone = gateway.with(again.text("/accessToken"));
    Answer me = story.good("profile", phone.get("/v1/citizens/me"));
    story.holds("level kept", me.text("/assuranceLevel").equals("REAL_NAME"), me);
    story.tell("Tokens refreshed; the lost answer was asked for again and nobody was logged out");
  }

  void addChild() {
    story.chapter("She adds her child to the family");
    LocalDate birth = today.minusYears(6).minusDays(40);
    childName = parent.name().substring(0, 1) + "小宝";
    Answer child =
        story.good(
            "dependant",
            phone.post(
                "/v1/citizens/me/dependants",
                Map.of("name", childName, "birthDate", birth.toString(), "relation", "CHILD")));
    childId = child.text("/dependantId");
    Answer list = story.good("family", phone.get("/v1/citizens/me/dependants"));
    story.holds("child in the list", list.text("/dependants/0/dependantId").equals(childId), list);
    story.tell("%s, born %s".formatted(childName, birth));
  }
}
