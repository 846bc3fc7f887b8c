package io.liangjiang.identity;

import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.openId;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServiceDescriptor;
import io.liangjiang.identity.export.ExportTurns;
import io.liangjiang.identity.guesttoken.GuestStage;
import io.liangjiang.identity.peer.OtherServices;
import io.liangjiang.identity.profile.TestNumbers;
import io.liangjiang.identity.v1.AuthorizationServiceGrpc;
import io.liangjiang.identity.v1.CitizenServiceGrpc;
import io.liangjiang.identity.v1.ClientServiceGrpc;
import io.liangjiang.identity.v1.ConsentServiceGrpc;
import io.liangjiang.identity.v1.DelegationServiceGrpc;
import io.liangjiang.identity.v1.DependantServiceGrpc;
import io.liangjiang.identity.v1.FaceVerificationServiceGrpc;
import io.liangjiang.identity.v1.GuestServiceGrpc;
import io.liangjiang.identity.v1.MyDataServiceGrpc;
import io.liangjiang.identity.v1.OrganisationServiceGrpc;
import io.liangjiang.identity.v1.SessionServiceGrpc;
import io.liangjiang.identity.v1.SignInMethodServiceGrpc;
import io.liangjiang.identity.v1.SigningKeyServiceGrpc;
import io.liangjiang.identity.v1.StaffServiceGrpc;
import io.liangjiang.identity.v1.TokenServiceGrpc;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.examples.Coverage;
import io.liangjiang.platform.test.examples.OwnershipCells;
import io.liangjiang.platform.test.examples.Replay;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import io.liangjiang.platform.v1.PersonalDataServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** Identity answers as the contracts' examples say, to callers with tokens that it issued. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OtherServices.class, restrictToAnnotatedClass = true)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class ContractExamplesTest {
  private static final ServiceDescriptor[] SERVICES = {
    SessionServiceGrpc.getServiceDescriptor(),
    SignInMethodServiceGrpc.getServiceDescriptor(),
    CitizenServiceGrpc.getServiceDescriptor(),
    FaceVerificationServiceGrpc.getServiceDescriptor(),
    ConsentServiceGrpc.getServiceDescriptor(),
    DependantServiceGrpc.getServiceDescriptor(),
    DelegationServiceGrpc.getServiceDescriptor(),
    MyDataServiceGrpc.getServiceDescriptor(),
    TokenServiceGrpc.getServiceDescriptor(),
    ClientServiceGrpc.getServiceDescriptor(),
    AuthorizationServiceGrpc.getServiceDescriptor(),
    GuestServiceGrpc.getServiceDescriptor(),
    SigningKeyServiceGrpc.getServiceDescriptor(),
    OrganisationServiceGrpc.getServiceDescriptor(),
    StaffServiceGrpc.getServiceDescriptor(),
    AccessRecordServiceGrpc.getServiceDescriptor(),
    ParkedEventServiceGrpc.getServiceDescriptor(),
    PersonalDataServiceGrpc.getServiceDescriptor()
  };

  /** Cells of the ownership matrix in which there is nothing that another one owns. */
  private static final String BEARER_CODE =
      "the code on the guest's page is the proof; AuthorizeAttackTest tries it as others";

  private static final String COUNTS = "counts by the token's sub, no ids; StrangerTest tries it";
  private static final String OWN_SESSION =
      "the session is the token's sid; another's proof is an example with STEP_UP_REFUSED";
  private static final Map<String, String> WITHOUT_OBJECT =
      Map.ofEntries(
          Map.entry("AuthorizationService/ApproveAuthorizationRequest citizen", BEARER_CODE),
          Map.entry("AuthorizationService/DenyAuthorizationRequest citizen", BEARER_CODE),
          Map.entry("AuthorizationService/GetAuthorizationRequest citizen", BEARER_CODE),
          Map.entry("GuestService/GetGuest citizen", "what every citizen may read before granting"),
          Map.entry(
              "GuestService/GrantGuest citizen", "names a guest, no ids; StrangerTest tries it"),
          Map.entry(
              "GuestService/ListMyGuests citizen", "names guests, no ids; StrangerTest tries it"),
          Map.entry("MyDataService/GetMyData citizen", COUNTS),
          Map.entry(
              "MyDataService/ListMyAccessRecords citizen",
              "nobody read the examples' citizen; AccessRecordExamplesTest tries it as others"),
          Map.entry("PersonalDataService/DescribePersonalData citizen", COUNTS),
          Map.entry("SessionService/StepUp citizen", OWN_SESSION),
          Map.entry("SessionService/StepUp staff", OWN_SESSION));

  @Inject OpenedCity opened;
  @Inject GuestStage stage;
  @Inject Strangers strangers;
  @Inject ExportTurns exports;
  @Inject MutableClock clock;

  @BeforeEach
  void waitUntilItIsOpen() {
    opened.await();
  }

  @Test
  void keepsSessions() {
    String somebody = openId();
    replay("sessions")
        .where("js-code-1", code(somebody))
        .where("js-code-2", code(openId()))
        .where("js-code-3", code(somebody))
        .where("phone-code-1", "phone.13800000001.1")
        .where("password-of-staff", IdentityTestSettings.PASSWORD)
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009401 BASIC", "access-token-2")
        .heldBy("staff hospital-desk chongqing-children-hospital", "access-token-5")
        .run();
  }

  @Test
  void signsInBySms() {
    String phone = Phones.number();
    var replay = replay("sms").where("13800000041", phone);
    replay
        .before(
            "A wrong code.",
            () -> {
              String code = Phones.newestCode(phone);
              replay.where("135791", code).where("000000", Phones.wrong(code));
            })
        .run();
  }

  @Test
  void linksWaysToSignIn() {
    String phone = Phones.number();
    String own = openId();
    String others = openId();
    Device device = new Device();
    var replay = replay("sign-in-methods");
    replay
        .where("js-code-1", code(own))
        .where("js-code-2", code(others))
        .where("js-code-3", code(others))
        .where("js-code-4", code(openId()))
        .where("js-code-5", code(others))
        .where("js-code-6", code(own))
        .where("13800000051", phone)
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009451 BASIC", "access-token-1")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009452 BASIC", "access-token-2")
        .heldBy("staff bus-operator liangjiang-bus", "access-token-5")
        .where("password-of-staff", IdentityTestSettings.PASSWORD)
        .before("The number is linked.", () -> replay.where("246802", Phones.newestCode(phone)))
        .before(
            "Six minutes later a fresh proof is needed.",
            () -> clock.advance(Duration.ofMinutes(6)))
        .before(
            "The browser made a passkey.",
            () -> replay.where("credential-1", device.register(replay.actual("options-1"))))
        .before(
            "The passkey signs in.",
            () -> replay.where("credential-2", device.use(replay.actual("options-2"))))
        .before(
            "The browser in the depot made a passkey.",
            () -> replay.where("credential-3", new Device().register(replay.actual("options-3"))));
    try {
      replay.run();
    } finally {
      clock.reset();
    }
  }

  @Test
  void provesNames() {
    replay("citizens")
        .where("js-code-1", code(openId()))
        .where("js-code-2", code(openId()))
        .where("phone-code-1", "phone.13800000002.2")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009411 BASIC", "access-token-1")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009411", "access-token-3")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009412 BASIC", "access-token-2")
        .where("secret-of-payments", IdentityTestSettings.PAYMENTS_SECRET)
        .where("secret-of-tourism", IdentityTestSettings.CLIENT_SECRET)
        .heldBy("service payments", "service-token-1")
        .heldBy("service tourism", "service-token-2")
        .run();
  }

  @Test
  void keepsFamilies() {
    replay("dependants")
        .where("js-code-1", code(openId()))
        .where("secret-of-tourism", IdentityTestSettings.CLIENT_SECRET)
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009421 BASIC", "access-token-1")
        .heldBy("service tourism", "service-token-1")
        .run();
  }

  /** Before other agreements are published, for it lists them all. */
  @Test
  @Order(1)
  void keepsConsents() {
    replay("consents")
        .where("js-code-1", code(openId()))
        .where("password-of-staff", IdentityTestSettings.PASSWORD)
        .where("secret-of-tourism", IdentityTestSettings.CLIENT_SECRET)
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009431 BASIC", "access-token-1")
        .heldBy("staff admin", "access-token-2")
        .heldBy("staff auditor", "access-token-3")
        .heldBy("service tourism", "service-token-1")
        .run();
  }

  @Test
  void showsTheFace() {
    replay("face")
        .where("js-code-1", code(openId()))
        .where("password-of-staff", IdentityTestSettings.PASSWORD)
        .where("id-number-1", TestNumbers.of("500103", LocalDate.of(1991, 7, 8), 951))
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009471 BASIC", "access-token-1")
        .heldBy("staff admin", "access-token-2")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009471", "access-token-3")
        .run();
  }

  @Test
  void letsOneActForAnother() {
    LocalDate fifteenYearsAgo = LocalDate.now(ZoneId.of("Asia/Shanghai")).minusYears(15);
    replay("delegations")
        .where("js-code-1", code(openId()))
        .where("js-code-2", code(openId()))
        .where("js-code-3", code(openId()))
        .where("id-number-1", TestNumbers.of("500103", LocalDate.of(1962, 3, 4), 941))
        .where("id-number-2", TestNumbers.of("500103", LocalDate.of(1988, 5, 6), 942))
        .where("id-number-3", TestNumbers.of("500103", fifteenYearsAgo, 943))
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009461 BASIC", "access-token-10")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009461", "access-token-11")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009462 BASIC", "access-token-20")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009462", "access-token-21")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009463 BASIC", "access-token-30")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009463", "access-token-31")
        .heldBy(
            "delegate 0199a2c4-7d00-7000-8000-000000009461"
                + " 0199a2c4-7d00-7000-8000-000000009462 tourism.book",
            "acting-token-1")
        .run();
  }

  @Test
  void handsOutAndErasesWhatThereIs() {
    var replay =
        replay("my-data")
            .where("js-code-1", code(openId()))
            .where("password-of-staff", IdentityTestSettings.PASSWORD)
            .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009441 BASIC", "access-token-1")
            .heldBy("staff admin", "access-token-2")
            .before("The archive is ready.", exports::run)
            .before(
                "A week later admin signs in.",
                () -> clock.advance(Duration.ofDays(7).plusSeconds(1)));
    try {
      replay.run();
    } finally {
      clock.reset();
    }
  }

  @Test
  void rotatesKeys() {
    replay("signing-keys")
        .where("password-of-staff", IdentityTestSettings.PASSWORD)
        .heldBy("staff admin", "access-token-1")
        .heldBy("staff gate wulong-tourism", "access-token-2")
        .run();
  }

  @Test
  void keepsStaff() {
    replay("staff")
        .where("password-of-staff", IdentityTestSettings.PASSWORD)
        .heldBy("staff admin", "access-token-1")
        .heldBy("staff security-admin", "access-token-2")
        .heldBy("staff auditor", "access-token-3")
        .run();
  }

  @Test
  void keepsGuests() {
    replay("clients")
        .where("password-of-staff", IdentityTestSettings.PASSWORD)
        .heldBy("staff admin", "access-token-1")
        .heldBy("staff security-admin", "access-token-2")
        .heldBy("staff auditor", "access-token-3")
        .run();
  }

  @Test
  void asksCitizens() {
    stage.register(GuestStage.page().setClientId("examples-clinic"));
    stage.register(GuestStage.miniProgram("examples-pharmacy"));
    replay("guests")
        .where("js-code-1", code(openId()))
        .where("js-code-2", code(openId()))
        .where("request-code-1", stage.requestCode("examples-clinic"))
        .where("request-code-2", stage.requestCode("examples-clinic"))
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009431 BASIC", "access-token-1")
        .heldBy("citizen 0199a2c4-7d00-7000-8000-000000009432 BASIC", "access-token-2")
        .run();
  }

  @Test
  void everyRpcHasExamples() {
    assertThat(Coverage.ofDomain("identity").gaps(SERVICES)).isEmpty();
  }

  @Test
  void everyRpcIsTriedAsOthers() {
    assertThat(OwnershipCells.ofDomain("identity", SERVICES).gaps(WITHOUT_OBJECT)).isEmpty();
  }

  private Replay replay(String topic) {
    return Replay.of("identity/" + topic, SERVICES).against(strangers);
  }
}
