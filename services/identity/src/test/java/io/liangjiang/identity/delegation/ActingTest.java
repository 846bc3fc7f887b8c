package io.liangjiang.identity.delegation;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTestSettings;
import io.liangjiang.identity.OpenedCity;
import io.liangjiang.identity.OutsideWorld;
import io.liangjiang.identity.OwnKeys;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.profile.TestNumbers;
import io.liangjiang.identity.v1.AcceptDelegationRequest;
import io.liangjiang.identity.v1.ActingToken;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.ConsentToPowersRequest;
import io.liangjiang.identity.v1.Delegation;
import io.liangjiang.identity.v1.DelegationOffer;
import io.liangjiang.identity.v1.DelegationService;
import io.liangjiang.identity.v1.EndDelegationRequest;
import io.liangjiang.identity.v1.IssueActingTokenRequest;
import io.liangjiang.identity.v1.ListGivenDelegationsRequest;
import io.liangjiang.identity.v1.OfferDelegationRequest;
import io.liangjiang.identity.v1.ProveParenthoodRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.SignOutRequest;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.caller.TokenVerifier;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.time.ProtoTime;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Delegations from the offer to the end, with tokens that identity issued. */
@QuarkusTest
@QuarkusTestResource(value = CityTestResource.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OutsideWorld.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = IdentityTestSettings.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = OwnKeys.class, restrictToAnnotatedClass = true)
class ActingTest {
  private static final LocalDate TODAY = LocalDate.now(ZoneId.of("Asia/Shanghai"));

  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  CitizenService citizens;

  @GrpcClient("self")
  DelegationService delegations;

  @Inject OpenedCity opened;
  @Inject TokenVerifier verifier;
  @Inject MutableClock clock;
  @Inject Tables tables;

  private record Person(String id, String token, String idNumber, String name) {}

  @BeforeEach
  void waitUntilItIsOpen() {
    opened.await();
  }

  @AfterEach
  void backToRealTime() {
    clock.reset();
  }

  private Person person(LocalDate birth) {
    var session = SignedIn.citizen(sessions);
    String number = TestNumbers.bornOn(birth);
    var verified =
        await(
            TestCalls.as(citizens, session.getAccessToken())
                .verifyRealName(
                    VerifyRealNameRequest.newBuilder()
                        .setRequestId(id())
                        .setName("陈小江")
                        .setIdNumber(number)
                        .build()));
    return new Person(verified.getCitizenId(), verified.getAccessToken(), number, "陈小江");
  }

  private Person grownUp() {
    return person(LocalDate.of(1960, 1, 1).plusDays(ThreadLocalRandom.current().nextInt(9_000)));
  }

  private DelegationService as(Person person) {
    return TestCalls.as(delegations, person.token());
  }

  private static OfferDelegationRequest.Builder wish(String... powers) {
    return OfferDelegationRequest.newBuilder()
        .setRequestId(id())
        .addAllPowers(List.of(powers))
        .setEndTime(ProtoTime.timestamp(java.time.Instant.now().plus(Duration.ofDays(30))));
  }

  private DelegationOffer offer(Person giver, String... powers) {
    return await(as(giver).offerDelegation(wish(powers).build()));
  }

  private Uni<Delegation> accept(Person who, String code) {
    return as(who)
        .acceptDelegation(
            AcceptDelegationRequest.newBuilder()
                .setRequestId(id())
                .setInvitationCode(code)
                .build());
  }

  private Uni<ActingToken> act(Person who, String delegationId, String... powers) {
    return as(who)
        .issueActingToken(
            IssueActingTokenRequest.newBuilder()
                .setRequestId(id())
                .setDelegationId(delegationId)
                .addAllPowers(List.of(powers))
                .build());
  }

  private Uni<Delegation> end(Person who, String delegationId) {
    return as(who)
        .endDelegation(
            EndDelegationRequest.newBuilder()
                .setRequestId(id())
                .setDelegationId(delegationId)
                .build());
  }

  private Uni<Delegation> prove(Person parent, Person child, String name) {
    return as(parent)
        .proveParenthood(
            ProveParenthoodRequest.newBuilder()
                .setRequestId(id())
                .setChildName(name)
                .setChildIdNumber(child.idNumber())
                .build());
  }

  private Uni<Delegation> consent(Person child, String delegationId, String... powers) {
    return as(child)
        .consentToPowers(
            ConsentToPowersRequest.newBuilder()
                .setRequestId(id())
                .setDelegationId(delegationId)
                .addAllPowers(List.of(powers))
                .build());
  }

  private static String reason(Uni<?> call) {
    var failure = catchThrowable(() -> await(call));
    return failure == null ? "" : TestCalls.reason(failure);
  }

  @Test
  void aTokenSaysWhoActsForWhomAndHowFar() {
    Person mother = grownUp();
    Person son = grownUp();
    var offer = offer(mother, "tourism.book", "healthcare.book");
    String typed = offer.getInvitationCode().toLowerCase(java.util.Locale.ROOT).replace("-", "");
    String delegation = await(accept(son, typed)).getDelegationId();

    var token = await(act(son, delegation, "tourism.book"));
    Caller caller = verifier.verify(token.getAccessToken());

    assertThat(caller.subject()).isEqualTo(mother.id());
    assertThat(caller.actor()).isEqualTo(son.id());
    assertThat(caller.isActing()).isTrue();
    assertThat(caller.hasPower("tourism.book")).isTrue();
    assertThat(caller.hasPower("healthcare.book")).isFalse();
    assertThat(caller.sessionId()).isEqualTo(verifier.verify(son.token()).sessionId());
    assertThat(caller.delegationId()).isEqualTo(delegation + ".0");
    assertThat(token.getExpiresInSeconds()).isBetween(295, 300);
    assertThat(await(act(son, delegation)).getPowersList())
        .containsExactly("healthcare.book", "tourism.book");
    assertThat(
            tables.count(
                "select count(*) from access_record where citizen_id = $1 and reader_subject = $2"
                    + " and data_kind = 'acting-token' and resource_id = $3",
                UUID.fromString(mother.id()),
                son.id(),
                delegation))
        .isEqualTo(2);
  }

  @Test
  void eitherEndsItAndTheEdgeIsTold() {
    for (boolean byGiver : new boolean[] {true, false}) {
      Person mother = grownUp();
      var offer = offer(mother, "tourism.book");
      String delegation = offer.getDelegation().getDelegationId();
      Person son = grownUp();
      await(accept(son, offer.getInvitationCode()));
      await(act(son, delegation));

      var ended = await(end(byGiver ? mother : son, delegation));

      assertThat(ended.getState()).isEqualTo(Delegation.State.ENDED);
      assertThat(await(end(byGiver ? son : mother, delegation))).isEqualTo(ended);
      assertThat(reason(act(son, delegation))).isEqualTo("DELEGATION_ENDED");
      assertThat(
              tables.count(
                  "select count(*) from outbox_event where event_type = 'identity.ActingRevoked'"
                      + " and subject = $1",
                  delegation))
          .isEqualTo(1);
    }
  }

  @Test
  void aCodeWorksOnceAndForNobodyWhoOffered() {
    Person mother = grownUp();
    Person son = grownUp();
    var offer = offer(mother, "tourism.book");

    assertThat(reason(accept(mother, offer.getInvitationCode()))).isEqualTo("OWN_INVITATION");
    var accepted = await(accept(son, offer.getInvitationCode()));
    assertThat(await(accept(son, offer.getInvitationCode()))).isEqualTo(accepted);
    assertThat(reason(accept(grownUp(), offer.getInvitationCode())))
        .isEqualTo("INVITATION_NOT_FOUND");

    var withdrawn = offer(mother, "tourism.book");
    await(end(mother, withdrawn.getDelegation().getDelegationId()));
    assertThat(reason(accept(son, withdrawn.getInvitationCode())))
        .isEqualTo("INVITATION_NOT_FOUND");

    var old = offer(mother, "tourism.book");
    clock.advance(Duration.ofHours(24));
    assertThat(reason(accept(son, old.getInvitationCode()))).isEqualTo("INVITATION_NOT_FOUND");
  }

  @Test
  void guessingCodesIsStopped() {
    Person guesser = grownUp();
    for (int i = 0; i < 20; i++) {
      assertThat(reason(accept(guesser, "2222-2222-2222"))).isEqualTo("INVITATION_NOT_FOUND");
    }
    assertThat(reason(accept(guesser, "2222-2222-2222"))).isEqualTo("TOO_MANY_ATTEMPTS");
  }

  @Test
  void noCodeIsStoredReadable() {
    Person mother = grownUp();
    var offer = offer(mother, "tourism.book");

    for (String table : List.of("delegation", "idempotency_record", "audit_record")) {
      assertThat(
              tables.count(
                  "select count(*) from " + table + " t where t::text like '%' || $1 || '%'",
                  offer.getInvitationCode()))
          .isZero();
    }
  }

  @Test
  void aTokenEndsWithTheSessionOfTheDelegate() {
    Person mother = grownUp();
    Person son = grownUp();
    var offer = offer(mother, "tourism.book");
    String delegation = await(accept(son, offer.getInvitationCode())).getDelegationId();
    await(
        TestCalls.as(sessions, son.token())
            .signOut(SignOutRequest.newBuilder().setRequestId(id()).build()));

    assertThat(reason(act(son, delegation))).isEqualTo("SESSION_REVOKED");
  }

  @Test
  void strangersLearnNothing() {
    Person mother = grownUp();
    var offer = offer(mother, "tourism.book");
    Person stranger = grownUp();

    assertThat(reason(end(stranger, offer.getDelegation().getDelegationId())))
        .isEqualTo("DELEGATION_NOT_FOUND");
    assertThat(reason(act(stranger, offer.getDelegation().getDelegationId())))
        .isEqualTo("DELEGATION_NOT_FOUND");
    assertThat(reason(end(stranger, id()))).isEqualTo("DELEGATION_NOT_FOUND");
    assertThat(
            await(
                    as(stranger)
                        .listGivenDelegations(ListGivenDelegationsRequest.getDefaultInstance()))
                .getDelegationsList())
        .isEmpty();
  }

  @Test
  void nobodyHasMoreThanTwentyHoweverManyAreOfferedAtOnce() {
    Person mother = grownUp();
    List<Uni<Boolean>> calls =
        java.util.stream.IntStream.range(0, 25)
            .mapToObj(
                i ->
                    as(mother)
                        .offerDelegation(wish("tourism.book").build())
                        .replaceWith(true)
                        .onFailure()
                        .recoverWithItem(false))
            .toList();

    assertThat(await(Uni.join().all(calls).andFailFast()).stream().filter(a -> a)).hasSize(20);
    assertThat(reason(as(mother).offerDelegation(wish("tourism.book").build())))
        .isEqualTo("TOO_MANY_DELEGATIONS");
  }

  @Test
  void aParentsPowersWaitAtFourteenAndEndAtEighteen() {
    Person mother = grownUp();
    Person child = person(TODAY.minusYears(14).plusDays(1));
    var held = await(prove(mother, child, child.name()));
    assertThat(held.getBasis()).isEqualTo(Delegation.Basis.PARENT_BY_LAW);
    assertThat(held.getPowersInForceList()).isEqualTo(Powers.ALL);
    assertThat(await(prove(mother, child, child.name()))).isEqualTo(held);
    String id = held.getDelegationId();
    assertThat(reason(consent(child, id, "healthcare.read_records"))).isEqualTo("TOO_YOUNG");
    assertThat(reason(end(child, id))).isEqualTo("GIVEN_BY_LAW");

    clock.advance(Duration.ofDays(1));
    assertThat(reason(act(mother, id, "healthcare.read_records"))).isEqualTo("POWER_NOT_IN_FORCE");
    assertThat(await(act(mother, id, "healthcare.book")).getPowersList())
        .containsExactly("healthcare.book");
    await(consent(child, id, "healthcare.read_records"));
    assertThat(await(act(mother, id, "healthcare.read_records")).getPowersList()).hasSize(1);
    await(consent(child, id));
    assertThat(reason(act(mother, id, "healthcare.read_records"))).isEqualTo("POWER_NOT_IN_FORCE");
  }

  @Test
  void onlyProvedParentsOfMinorsWithAnAccountHoldAnythingByLaw() {
    Person mother = grownUp();
    Person child = person(TODAY.minusYears(9));
    assertThat(reason(prove(mother, child, "陌路人"))).isEqualTo("PARENTHOOD_NOT_PROVED");
    Person grown = person(TODAY.minusYears(18));
    assertThat(reason(prove(mother, grown, grown.name()))).isEqualTo("CHILD_OF_AGE");
    var nobody = new Person("", "", TestNumbers.bornOn(TODAY.minusYears(8).minusDays(3)), "");
    assertThat(reason(prove(mother, nobody, "陈小江"))).isEqualTo("CHILD_HAS_NO_ACCOUNT");
    assertThat(reason(prove(mother, child, "停机"))).isEqualTo("REAL_NAME_BUREAU_UNAVAILABLE");
    assertThat(reason(prove(mother, new Person("", "", "500105198805120021", ""), "陈小江")))
        .isEqualTo("INVALID_ID_NUMBER");
  }

  @Test
  void whoIsUnderAgeNeitherGivesNorAccepts() {
    Person child = person(TODAY.minusYears(17));
    assertThat(reason(as(child).offerDelegation(wish("tourism.book").build())))
        .isEqualTo("TOO_YOUNG");
    var offer = offer(grownUp(), "tourism.book");
    assertThat(reason(accept(child, offer.getInvitationCode()))).isEqualTo("TOO_YOUNG");
  }

  @Test
  void refusesWrongInput() {
    Person mother = grownUp();
    var late = ProtoTime.timestamp(java.time.Instant.now().plus(Duration.ofDays(6 * 366)));
    var past = ProtoTime.timestamp(java.time.Instant.now().minus(Duration.ofDays(1)));
    for (var wrong :
        List.of(
            wish(),
            wish("tourism.everything"),
            wish("tourism.book", "tourism.book"),
            wish("tourism.book").clearEndTime(),
            wish("tourism.book").setEndTime(late),
            wish("tourism.book").setEndTime(past),
            wish("tourism.book").setStartTime(late))) {
      assertThat(reason(as(mother).offerDelegation(wrong.build()))).isEqualTo("INVALID_ARGUMENT");
    }
    assertThat(reason(as(mother).offerDelegation(wish("tourism.book").setRequestId("x").build())))
        .isEqualTo("INVALID_REQUEST_ID");
    assertThat(reason(end(mother, "x"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(act(mother, "x"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(reason(accept(mother, ""))).isEqualTo("INVALID_ARGUMENT");
  }
}
