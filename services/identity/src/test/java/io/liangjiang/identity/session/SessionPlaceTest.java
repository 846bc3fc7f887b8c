package io.liangjiang.identity.session;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.code;
import static io.liangjiang.identity.SignedIn.openId;
import static io.liangjiang.identity.SignedIn.request;
import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.Metadata;
import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.ListMySessionsRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.test.personal.PersonalDataContract;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.platform.v1.PersonalDataService;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.grpc.GrpcClientUtils;
import jakarta.inject.Inject;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** From where a session was last used. */
@IdentityTest
class SessionPlaceTest {
  private static final String CHONGQING = "192.0.2.1";
  private static final String CHENGDU = "198.51.100.77";

  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  PersonalDataService personalData;

  @Inject Tables tables;

  private SessionService from(String address) {
    var headers = new Metadata();
    headers.put(Metadata.Key.of("x-client-address", Metadata.ASCII_STRING_MARSHALLER), address);
    return GrpcClientUtils.attachHeaders(sessions, headers);
  }

  private SessionTokens signIn(String address) {
    return await(from(address).signInWithMiniProgram(request(code(openId())).build()));
  }

  private String place(SessionTokens tokens) {
    UUID citizen = UUID.fromString(tokens.getCitizen().getCitizenId());
    var mine = TestCalls.as(sessions, TestTokens.citizen(citizen, AssuranceLevel.BASIC));
    var list = await(mine.listMySessions(ListMySessionsRequest.getDefaultInstance()));
    assertThat(list.getSessionsCount()).isEqualTo(1);
    return list.getSessions(0).getPlace();
  }

  @Test
  void isWhereTokensWereLastGivenOut() {
    var tokens = signIn(CHONGQING);
    assertThat(place(tokens)).isEqualTo("重庆, CN");

    var next = await(SignedIn.refresh(from(CHENGDU), tokens.getRefreshToken()));
    assertThat(place(tokens)).isEqualTo("成都, 四川省, CN");

    await(SignedIn.refresh(from("10.0.0.1"), next.getRefreshToken()));
    assertThat(place(tokens)).isEmpty();
  }

  @Test
  void isNotMovedByARepetition() {
    var tokens = signIn(CHONGQING);
    await(SignedIn.refresh(from(CHONGQING), tokens.getRefreshToken()));
    await(SignedIn.refresh(from(CHENGDU), tokens.getRefreshToken()));
    assertThat(place(tokens)).isEqualTo("重庆, CN");
  }

  @Test
  void staysOfStaffToo() {
    var staff = SignedIn.staff(from(CHENGDU), "auditor");
    var rows =
        tables.rows(
            "select place from refresh_token where session_id = $1",
            UUID.fromString(staff.getSessionId()));
    assertThat(rows).hasSize(1);
    assertThat(rows.getFirst().getString("place")).isEqualTo("成都, 四川省, CN");
  }

  @Test
  void isInTheExportAndGoesWithTheSession() {
    var tokens = signIn(CHENGDU);
    var citizen = UUID.fromString(tokens.getCitizen().getCitizenId());
    var mine = new PersonalDataContract(personalData);
    assertThat(mine.export(citizen))
        .filteredOn(item -> item.getDataKind().equals("session"))
        .singleElement()
        .satisfies(item -> assertThat(item.getJson()).contains("成都, 四川省, CN"));

    mine.erase(citizen, UUID.randomUUID());

    assertThat(
            tables.count(
                "select count(*) from refresh_token where session_id = $1",
                UUID.fromString(tokens.getSessionId())))
        .isZero();
  }

  @Test
  void leavesNoTrailAndNoAddress() {
    var tokens = signIn(CHONGQING);
    await(SignedIn.refresh(from(CHENGDU), tokens.getRefreshToken()));
    var id = UUID.fromString(tokens.getSessionId());
    assertThat(
            tables.count(
                "select count(*) from refresh_token where session_id = $1 and place <> ''", id))
        .isEqualTo(1);
    assertThat(
            tables.count(
                "select count(*) from session s join refresh_token t using (session_id) where"
                    + " session_id = $1 and (s::text || t::text) ~ '192\\.0\\.2|198\\.51'",
                id))
        .isZero();
  }
}
