package io.liangjiang.identity.dependant;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.profile.TestNumbers;
import io.liangjiang.identity.v1.CheckRelationRequest;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.CreateDependantRequest;
import io.liangjiang.identity.v1.DelegationService;
import io.liangjiang.identity.v1.Dependant;
import io.liangjiang.identity.v1.Dependant.Relation;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.identity.v1.ListDependantsRequest;
import io.liangjiang.identity.v1.ProveParenthoodRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A child who grows up, or has an account, is nobody's dependant any more. */
@IdentityTest
class GrownDependantTest {
  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));
  private static final String CHILD_NAME = "陈小江";

  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  CitizenService citizens;

  @GrpcClient("self")
  DependantService dependants;

  @GrpcClient("self")
  DelegationService delegations;

  @Inject MutableClock clock;

  private String parent;

  @BeforeEach
  void signIn() {
    parent = verified("陈大江", TestNumbers.bornOn(LocalDate.of(1975, 3, 4)));
  }

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  private static String token(String citizenId) {
    return TestTokens.citizen(UUID.fromString(citizenId), AssuranceLevel.REAL_NAME);
  }

  private String verified(String name, String number) {
    String citizen = SignedIn.citizen(sessions).getCitizen().getCitizenId();
    await(
        TestCalls.as(citizens, token(citizen))
            .verifyRealName(
                VerifyRealNameRequest.newBuilder()
                    .setRequestId(id())
                    .setName(name)
                    .setIdNumber(number)
                    .build()));
    return citizen;
  }

  private Dependant add(LocalDate birth, Relation relation) {
    return await(
        TestCalls.as(dependants, token(parent))
            .createDependant(
                CreateDependantRequest.newBuilder()
                    .setRequestId(id())
                    .setName(CHILD_NAME)
                    .setBirthDate(birth.toString())
                    .setRelation(relation)
                    .build()));
  }

  private String addRefusal(LocalDate birth) {
    return TestCalls.reason(catchThrowable(() -> add(birth, Relation.CHILD)));
  }

  private String checkRefusal(Dependant dependant) {
    var request =
        CheckRelationRequest.newBuilder()
            .setCitizenId(parent)
            .setDependantId(dependant.getDependantId())
            .setPurpose("ticket for a child")
            .build();
    var failure =
        catchThrowable(
            () ->
                await(
                    TestCalls.as(dependants, TestTokens.service("tourism"))
                        .checkRelation(request)));
    return failure == null ? "" : TestCalls.reason(failure);
  }

  private void prove(String childNumber) {
    await(
        TestCalls.as(delegations, token(parent))
            .proveParenthood(
                ProveParenthoodRequest.newBuilder()
                    .setRequestId(id())
                    .setChildName(CHILD_NAME)
                    .setChildIdNumber(childNumber)
                    .build()));
  }

  @Test
  void aChildIsADependantUntilTheDayItIsOfAge() {
    var child = add(TODAY.minusYears(18).plusDays(2), Relation.CHILD);
    assertThat(checkRefusal(child)).isEmpty();

    clock.advance(Duration.ofDays(2));

    assertThat(checkRefusal(child)).isEqualTo("DEPENDANT_OF_AGE");
    assertThat(
            await(
                    TestCalls.as(dependants, token(parent))
                        .listDependants(ListDependantsRequest.getDefaultInstance()))
                .getDependantsList())
        .containsExactly(child);
    assertThat(addRefusal(TODAY.minusYears(18))).isEqualTo("DEPENDANT_OF_AGE");
  }

  @Test
  void otherRelativesAreDependantsAtAnyAge() {
    var grandmother = add(TODAY.minusYears(80), Relation.PARENT);
    assertThat(checkRefusal(grandmother)).isEmpty();
  }

  @Test
  void aChildWhoseAccountTheParentProvedIsNoDependantAnyMore() {
    LocalDate birth = TODAY.minusYears(9);
    var child = add(birth, Relation.CHILD);
    var sibling = add(birth.plusYears(2), Relation.CHILD);
    String childNumber = TestNumbers.bornOn(birth);
    verified(CHILD_NAME, childNumber);
    assertThat(checkRefusal(child)).as("an account that nobody proved").isEmpty();

    prove(childNumber);

    assertThat(checkRefusal(child)).isEqualTo("DEPENDANT_HAS_ACCOUNT");
    assertThat(checkRefusal(sibling)).isEmpty();
    assertThat(addRefusal(birth)).isEqualTo("DEPENDANT_HAS_ACCOUNT");
  }
}
