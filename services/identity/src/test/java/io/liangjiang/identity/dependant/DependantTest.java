package io.liangjiang.identity.dependant;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.profile.TestNumbers;
import io.liangjiang.identity.v1.CheckRelationRequest;
import io.liangjiang.identity.v1.CitizenService;
import io.liangjiang.identity.v1.CreateDependantRequest;
import io.liangjiang.identity.v1.Dependant;
import io.liangjiang.identity.v1.Dependant.Relation;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.identity.v1.ListDependantsRequest;
import io.liangjiang.identity.v1.RelatedPerson;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.VerifyRealNameRequest;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class DependantTest {
  @GrpcClient("self")
  DependantService dependants;

  @GrpcClient("self")
  CitizenService citizens;

  @GrpcClient("self")
  SessionService sessions;

  @Inject Tables tables;

  private String citizen;

  @BeforeEach
  void signIn() {
    citizen = SignedIn.citizen(sessions).getCitizen().getCitizenId();
  }

  private static String token(String citizenId) {
    return TestTokens.citizen(UUID.fromString(citizenId), AssuranceLevel.BASIC);
  }

  private DependantService as(String citizenId) {
    return TestCalls.as(dependants, token(citizenId));
  }

  private static CreateDependantRequest.Builder child() {
    return CreateDependantRequest.newBuilder()
        .setRequestId(id())
        .setName("李小江")
        .setBirthDate("2018-06-01")
        .setRelation(Relation.CHILD);
  }

  private Dependant add(CreateDependantRequest.Builder request) {
    return await(as(citizen).createDependant(request.build()));
  }

  private String refusal(CreateDependantRequest.Builder request) {
    return TestCalls.reason(catchThrowable(() -> add(request)));
  }

  private RelatedPerson check(String citizenId, String personId) {
    var request =
        CheckRelationRequest.newBuilder()
            .setCitizenId(citizenId)
            .setDependantId(personId)
            .setPurpose("ticket for a child")
            .build();
    return await(TestCalls.as(dependants, TestTokens.service("tourism")).checkRelation(request));
  }

  private String checkRefusal(String citizenId, String personId) {
    return TestCalls.reason(catchThrowable(() -> check(citizenId, personId)));
  }

  @Test
  void keepsTheFamilyInTheOrderItWasAdded() {
    var child = add(child());
    var parent =
        add(child().setName("李建国").setBirthDate("1950-01-31").setRelation(Relation.PARENT));
    var spouse = add(child().setName("韩梅梅").setRelation(Relation.SPOUSE));
    var page =
        await(
            as(citizen).listDependants(ListDependantsRequest.newBuilder().setPageSize(2).build()));
    assertThat(page.getDependantsList()).containsExactly(child, parent);
    var rest =
        await(
            as(citizen)
                .listDependants(
                    ListDependantsRequest.newBuilder()
                        .setPageToken(page.getNextPageToken())
                        .build()));
    assertThat(rest.getDependantsList()).containsExactly(spouse);
    assertThat(rest.getNextPageToken()).isEmpty();
    assertThat(child.getBirthDate()).isEqualTo("2018-06-01");
  }

  @Test
  void showsNobodyElsesFamily() {
    add(child());
    String stranger = SignedIn.citizen(sessions).getCitizen().getCitizenId();
    assertThat(
            await(as(stranger).listDependants(ListDependantsRequest.getDefaultInstance()))
                .getDependantsList())
        .isEmpty();
  }

  @Test
  void addsOnceForARequestId() {
    var request = child();
    var first = add(request);
    assertThat(add(request)).isEqualTo(first);
    assertThat(refusal(request.clone().setName("别人"))).isEqualTo("REQUEST_ID_REUSED");
    assertThat(
            await(as(citizen).listDependants(ListDependantsRequest.getDefaultInstance()))
                .getDependantsCount())
        .isEqualTo(1);
  }

  @Test
  void keepsNoNameInTheClear() {
    String name = "测试" + UUID.randomUUID();
    add(child().setName(name));
    for (String table : List.of("dependant", "idempotency_record")) {
      assertThat(
              tables.count(
                  "select count(*) from "
                      + table
                      + " t where t::text like '%' || encode(convert_to($1, 'UTF8'), 'hex') || '%'"
                      + " or t::text like '%' || $1 || '%'",
                  name))
          .isZero();
    }
  }

  @Test
  void addsNoMoreThanTwentyHoweverManyAskAtOnce() {
    List<Uni<Boolean>> calls =
        IntStream.range(0, 30)
            .mapToObj(
                i ->
                    as(citizen)
                        .createDependant(child().build())
                        .replaceWith(true)
                        .onFailure()
                        .recoverWithItem(false))
            .toList();
    var added = await(Uni.join().all(calls).andFailFast());
    assertThat(added.stream().filter(a -> a)).hasSize(20);
    assertThat(refusal(child())).isEqualTo("TOO_MANY_DEPENDANTS");
  }

  @Test
  void tellsAServiceWhoADependantIsAndNotesIt() {
    var child = add(child());
    var person = check(citizen, child.getDependantId());
    assertThat(person.getName()).isEqualTo("李小江");
    assertThat(person.getBirthDate()).isEqualTo("2018-06-01");
    assertThat(person.getRelation()).isEqualTo(Relation.CHILD);
    assertThat(
            tables.count(
                "select count(*) from access_record where citizen_id = $1 and resource_id = $2"
                    + " and reader_subject = 'tourism' and purpose = 'ticket for a child'"
                    + " and data_kind = 'dependant'",
                UUID.fromString(citizen),
                child.getDependantId()))
        .isEqualTo(1);
  }

  @Test
  void tellsAServiceOfTheCitizenWhatTheyProved() {
    var before = check(citizen, citizen);
    assertThat(before.getRelation()).isEqualTo(Relation.SELF);
    assertThat(before.getName()).isEmpty();
    await(
        TestCalls.as(citizens, token(citizen))
            .verifyRealName(
                VerifyRealNameRequest.newBuilder()
                    .setRequestId(id())
                    .setName("李雨桐")
                    .setIdNumber(TestNumbers.random())
                    .build()));
    var after = check(citizen, citizen);
    assertThat(after.getName()).isEqualTo("李雨桐");
    assertThat(after.getBirthDate()).matches("\\d{4}-\\d{2}-\\d{2}");
  }

  @Test
  void knowsNoStrangersAndNobodysDependants() {
    var child = add(child());
    String stranger = SignedIn.citizen(sessions).getCitizen().getCitizenId();
    assertThat(checkRefusal(stranger, child.getDependantId())).isEqualTo("DEPENDANT_NOT_FOUND");
    assertThat(checkRefusal(citizen, id())).isEqualTo("DEPENDANT_NOT_FOUND");
    String nobody = id();
    assertThat(checkRefusal(nobody, nobody)).isEqualTo("DEPENDANT_NOT_FOUND");
    assertThat(checkRefusal(citizen, "x")).isEqualTo("INVALID_ARGUMENT");
    assertThat(checkRefusal("x", citizen)).isEqualTo("INVALID_ARGUMENT");
  }

  @Test
  void refusesWrongInput() {
    assertThat(refusal(child().setName(""))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(child().setName("x".repeat(51)))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(child().setBirthDate("2018-02-30"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(child().setBirthDate("01.06.2018"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(child().setBirthDate("1899-12-31"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(child().setBirthDate("2999-01-01"))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(child().setRelation(Relation.RELATION_UNSPECIFIED)))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(child().setRelation(Relation.SELF))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(child().setRelationValue(77))).isEqualTo("INVALID_ARGUMENT");
    assertThat(refusal(child().setRequestId(""))).isEqualTo("INVALID_REQUEST_ID");
  }
}
