package io.liangjiang.identity.consent;

import static io.liangjiang.identity.SignedIn.await;
import static io.liangjiang.identity.SignedIn.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.identity.IdentityTest;
import io.liangjiang.identity.SignedIn;
import io.liangjiang.identity.Tables;
import io.liangjiang.identity.v1.CheckConsentRequest;
import io.liangjiang.identity.v1.CheckConsentResponse;
import io.liangjiang.identity.v1.CheckRelationRequest;
import io.liangjiang.identity.v1.ConsentAgreement;
import io.liangjiang.identity.v1.ConsentRecord;
import io.liangjiang.identity.v1.ConsentService;
import io.liangjiang.identity.v1.ConsentVerification;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.identity.v1.GiveConsentRequest;
import io.liangjiang.identity.v1.ListMyConsentRevisionsRequest;
import io.liangjiang.identity.v1.ListMyConsentsRequest;
import io.liangjiang.identity.v1.PublishConsentAgreementRequest;
import io.liangjiang.identity.v1.PublishDataPolicyRequest;
import io.liangjiang.identity.v1.SessionService;
import io.liangjiang.identity.v1.VerifyConsentsRequest;
import io.liangjiang.identity.v1.WithdrawConsentRequest;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Inject;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@IdentityTest
class ConsentTest {
  @GrpcClient("self")
  ConsentService consents;

  @GrpcClient("self")
  SessionService sessions;

  @GrpcClient("self")
  DependantService dependants;

  @Inject Tables tables;
  @Inject ConsentAudit audit;

  private final String agreementId = "agreement-" + UUID.randomUUID();
  private final String policyId = "policy-" + UUID.randomUUID();
  private final String recipient = "reader-" + UUID.randomUUID();
  private String citizen;

  @BeforeEach
  void publishAndSignIn() {
    citizen = SignedIn.citizen(sessions).getCitizen().getCitizenId();
    await(
        admin()
            .publishDataPolicy(
                PublishDataPolicyRequest.newBuilder()
                    .setRequestId(id())
                    .setDataPolicyId(policyId)
                    .setTitle("家庭")
                    .setTextUrl("https://city.example/policy")
                    .setJurisdictionCode("CN")
                    .build()));
    publish(agreement());
  }

  private ConsentService admin() {
    return TestCalls.as(consents, TestTokens.staff("admin", ""));
  }

  private ConsentService me() {
    return TestCalls.as(
        consents, TestTokens.citizen(UUID.fromString(citizen), AssuranceLevel.BASIC));
  }

  private PublishConsentAgreementRequest.Builder agreement() {
    return PublishConsentAgreementRequest.newBuilder()
        .setRequestId(id())
        .setConsentAgreementId(agreementId)
        .setDataPolicyId(policyId)
        .setPurpose("tickets for the family")
        .addDataKinds("dependant")
        .addRecipients(recipient);
  }

  private ConsentAgreement publish(PublishConsentAgreementRequest.Builder request) {
    return await(admin().publishConsentAgreement(request.build()));
  }

  private ConsentRecord give(int revision) {
    return await(me().giveConsent(giving(revision).build()));
  }

  private GiveConsentRequest.Builder giving(int revision) {
    return GiveConsentRequest.newBuilder()
        .setRequestId(id())
        .setConsentAgreementId(agreementId)
        .setConsentAgreementRevision(revision);
  }

  private ConsentRecord withdraw() {
    return await(
        me().withdrawConsent(
                WithdrawConsentRequest.newBuilder()
                    .setRequestId(id())
                    .setConsentAgreementId(agreementId)
                    .build()));
  }

  private CheckConsentResponse check(String reader, String dataKind) {
    return await(
        TestCalls.as(consents, TestTokens.service("tourism"))
            .checkConsent(
                CheckConsentRequest.newBuilder()
                    .setCitizenId(citizen)
                    .setRecipient(reader)
                    .setDataKind(dataKind)
                    .build()));
  }

  private boolean isGiven() {
    return check(recipient, "dependant").getGiven();
  }

  private String refusal(Uni<?> call) {
    return TestCalls.reason(catchThrowable(() -> await(call)));
  }

  private ConsentVerification verify() {
    var auditor = TestCalls.as(consents, TestTokens.staff("auditor", ""));
    String token = "";
    while (true) {
      var found =
          await(
              auditor.verifyConsents(
                  VerifyConsentsRequest.newBuilder().setPageToken(token).build()));
      token = found.getNextPageToken();
      if (token.isEmpty()) {
        return found;
      }
    }
  }

  @Test
  void countsFromTheCallAfterItWasGivenUntilItIsWithdrawn() {
    assertThat(isGiven()).isFalse();
    var given = give(1);
    assertThat(isGiven()).isTrue();
    assertThat(check(recipient, "dependant").getConsentRecordId())
        .isEqualTo(given.getConsentRecordId());
    assertThat(check(recipient, "appointment").getGiven()).isFalse();
    assertThat(check("somebody-else", "dependant").getGiven()).isFalse();
    var withdrawn = withdraw();
    assertThat(isGiven()).isFalse();
    assertThat(withdrawn.getConsentRecordId()).isEqualTo(given.getConsentRecordId());
    assertThat(withdrawn.getRevision()).isEqualTo(2);
    assertThat(withdraw()).isEqualTo(withdrawn);
    assertThat(give(1).getRevision()).isEqualTo(3);
    assertThat(isGiven()).isTrue();
  }

  @Test
  void keepsEveryRevisionAndListsTheLast() {
    var given = give(1);
    assertThat(give(1)).isEqualTo(given);
    var withdrawn = withdraw();
    assertThat(
            await(me().listMyConsents(ListMyConsentsRequest.getDefaultInstance()))
                .getConsentRecordsList())
        .containsExactly(withdrawn);
    assertThat(
            await(me().listMyConsentRevisions(ListMyConsentRevisionsRequest.getDefaultInstance()))
                .getConsentRecordsList())
        .containsExactly(withdrawn, given);
  }

  @Test
  void asksAgainWhenThePurposeGrows() {
    give(1);
    var same = publish(agreement());
    assertThat(same.getRevision()).isEqualTo(1);
    assertThat(publish(agreement().setPurpose("clearer words")).getRevision()).isEqualTo(2);
    assertThat(isGiven()).isTrue();
    var wider = publish(agreement().setPurpose("more").setAskAgain(true));
    assertThat(wider.getRevision()).isEqualTo(3);
    assertThat(wider.getValidFromRevision()).isEqualTo(3);
    assertThat(isGiven()).isFalse();
    assertThat(refusal(me().giveConsent(giving(1).build()))).isEqualTo("CONSENT_AGREEMENT_REVISED");
    give(3);
    assertThat(isGiven()).isTrue();
  }

  @Test
  void aLaterRevisionGivesNobodyMoreThanWasShown() {
    give(1);
    publish(agreement().addDataKinds("appointment"));
    assertThat(check(recipient, "appointment").getGiven()).isFalse();
    assertThat(isGiven()).isTrue();
  }

  @Test
  void nothingCountsUnderAClosedAgreement() {
    give(1);
    publish(agreement().setClosed(true));
    assertThat(isGiven()).isFalse();
    assertThat(refusal(me().giveConsent(giving(2).build()))).isEqualTo("CONSENT_AGREEMENT_CLOSED");
    assertThat(withdraw().getState()).isEqualTo(ConsentRecord.State.WITHDRAWN);
  }

  @Test
  void repeatedRequestsGiveOnce() {
    var request = giving(1).build();
    var first = await(me().giveConsent(request));
    withdraw();
    assertThat(await(me().giveConsent(request))).isEqualTo(first);
    assertThat(isGiven()).isFalse();
  }

  @Test
  void manyAnswersAtOnceMakeOneChain() {
    var calls =
        IntStream.range(0, 20)
            .mapToObj(i -> me().giveConsent(giving(1).build()).replaceWithVoid())
            .toList();
    await(Uni.join().all(calls).andFailFast());
    assertThat(tables.count("select length from consent_chain where chain_id = $1", citizen))
        .isEqualTo(1);
    assertThat(verify().hasFault()).isFalse();
  }

  @Test
  void accessRecordNamesTheConsent() {
    var request =
        CheckRelationRequest.newBuilder()
            .setCitizenId(citizen)
            .setDependantId(citizen)
            .setPurpose("ticket")
            .build();
    var reader = TestCalls.as(dependants, TestTokens.service(recipient));
    await(reader.checkRelation(request));
    var consent = give(1);
    await(reader.checkRelation(request));
    assertThat(
            tables.rows(
                "select consent_record_id from access_record where reader_subject = $1"
                    + " order by read_time",
                recipient))
        .extracting(row -> row.getString(0))
        .containsExactlyInAnyOrder("", consent.getConsentRecordId());
  }

  @Test
  void namesTheRowThatWasChangedInTheDatabase() {
    give(1);
    withdraw();
    give(1);
    assertThat(verify().hasFault()).isFalse();
    assertThat(await(audit.verify("", 2)).nextPageToken()).isNotEmpty();
    String change =
        "update consent_revision set snapshot = replace(snapshot, $2, $3)"
            + " where chain_id = $1 and sequence = 2 returning 1::bigint";
    tables.count(change, citizen, "false", "true");
    try {
      var fault = verify().getFault();
      assertThat(fault.getDifference()).isEqualTo(ConsentVerification.Difference.CHANGED);
      assertThat(fault.getChainId()).isEqualTo(citizen);
      assertThat(fault.getSequence()).isEqualTo(2);
      assertThat(fault.getObjectId()).isEqualTo(agreementId);
      assertThat(fault.getRevision()).isEqualTo(2);
    } finally {
      tables.count(change, citizen, "true", "false");
    }
    assertThat(verify().hasFault()).isFalse();
  }
}
