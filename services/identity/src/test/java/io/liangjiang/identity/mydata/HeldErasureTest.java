package io.liangjiang.identity.mydata;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.OpenedCity;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.erasure.ErasureTurns;
import io.liangjiang.identity.peer.AmongOthers;
import io.liangjiang.identity.peer.FakeCity;
import io.liangjiang.identity.v1.Erasure;
import io.liangjiang.identity.v1.ListErasuresRequest;
import io.liangjiang.identity.v1.MyDataService;
import io.liangjiang.identity.v1.RequestErasureRequest;
import io.liangjiang.identity.v1.ResumeErasureRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SessionTokens;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who operates the city sees what holds an erasure, and has it carried on when that is mended. */
@AmongOthers
class HeldErasureTest {
  @GrpcClient("self")
  MyDataService stub;

  @GrpcClient("self")
  SessionService sessions;

  @Inject OpenedCity opened;
  @Inject FakeCity city;
  @Inject ErasureTurns turns;
  @Inject MutableClock clock;
  @Inject Tables tables;

  private SessionTokens citizen;

  @BeforeEach
  void signIn() {
    opened.await();
    city.reset();
    citizen = SignedIn.citizen(sessions);
  }

  @AfterEach
  void giveTheClockBack() {
    clock.reset();
  }

  private MyDataService as(String username) {
    return TestCalls.as(stub, SignedIn.staff(sessions, username).getAccessToken());
  }

  private String request() {
    return await(
            TestCalls.as(stub, citizen.getAccessToken())
                .requestErasure(RequestErasureRequest.newBuilder().setRequestId(id()).build()))
        .getErasureId();
  }

  private List<Erasure> list(String username, Erasure.State state) {
    var request = ListErasuresRequest.newBuilder().setState(state).setPageSize(100).build();
    return await(as(username).listErasures(request)).getErasuresList();
  }

  private Erasure seen(String erasureId) {
    return list("auditor", Erasure.State.STATE_UNSPECIFIED).stream()
        .filter(each -> each.getErasureId().equals(erasureId))
        .findFirst()
        .orElseThrow();
  }

  private Erasure resume(String username, String erasureId) {
    return await(
        as(username)
            .resumeErasure(
                ResumeErasureRequest.newBuilder()
                    .setRequestId(id())
                    .setErasureId(erasureId)
                    .build()));
  }

  private String resumeRefusal(String username, String erasureId) {
    return TestCalls.reason(catchThrowable(() -> resume(username, erasureId)));
  }

  @Test
  void goesOnAtOnceWhenWhatHeldItIsMended() {
    String erasure = request();
    city.service("transit").isBlockedBy("RIDE_UNPAID");
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    turns.run();
    assertThat(seen(erasure).getBlockersList()).containsExactly("transit/RIDE_UNPAID");
    assertThat(list("admin", Erasure.State.REQUESTED))
        .extracting(Erasure::getErasureId)
        .contains(erasure);
    assertThat(list("admin", Erasure.State.ERASING))
        .extracting(Erasure::getErasureId)
        .doesNotContain(erasure);
    city.service("transit").isFree();
    turns.run();
    assertThat(seen(erasure).getState()).isEqualTo(Erasure.State.REQUESTED);

    resume("admin", erasure);
    turns.run();

    assertThat(seen(erasure).getState()).isEqualTo(Erasure.State.ERASING);
    assertThat(seen(erasure).getBlockersList()).isEmpty();
    assertThat(
            tables.count(
                "select count(*) from audit_record where action = 'erasure.resumed' and subject ="
                    + " $1 and detail = $2",
                citizen.getCitizen().getCitizenId(),
                erasure))
        .isEqualTo(1);
  }

  @Test
  void showsWhatAServiceThatIsAwayHolds() {
    String erasure = request();
    clock.advance(Duration.ofDays(7).plusSeconds(1));
    turns.run();
    clock.advance(Duration.ofMinutes(12));
    city.service("transit").leaves();
    turns.run();

    var held = seen(erasure);
    assertThat(held.getState()).isEqualTo(Erasure.State.ERASING);
    assertThat(held.getStepsList())
        .extracting(Erasure.Step::getService)
        .containsExactly("payments");
    assertThat(held.hasNextAttemptTime()).isTrue();

    city.service("transit").comesBack();
    resume("admin", erasure);
    turns.run();
    var done = seen(erasure);
    assertThat(done.getState()).isEqualTo(Erasure.State.COMPLETED);
    assertThat(done.hasNextAttemptTime()).isFalse();
    assertThat(resumeRefusal("admin", erasure)).isEqualTo("ERASURE_NOT_HELD");
  }

  @Test
  void takesNobodysWeekAway() {
    String erasure = request();
    assertThat(resumeRefusal("admin", erasure)).isEqualTo("ERASURE_NOT_HELD");
    assertThat(resumeRefusal("admin", id())).isEqualTo("ERASURE_NOT_FOUND");
    assertThat(resumeRefusal("admin", "x")).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void isForOperatorsAlone() {
    String erasure = request();
    assertThat(resumeRefusal("auditor", erasure)).isEqualTo("PERMISSION_DENIED");
    assertThat(
            TestCalls.reason(catchThrowable(() -> list("gate", Erasure.State.STATE_UNSPECIFIED))))
        .isEqualTo("PERMISSION_DENIED");
    assertThat(seen(erasure).getCertificateCode()).isEmpty();
    assertThat(seen(erasure).toString()).doesNotContain(citizen.getCitizen().getCitizenId());
  }
}
