package io.liangjiang.identity.consent;

import io.liangjiang.identity.v1.CheckConsentRequest;
import io.liangjiang.identity.v1.CheckConsentResponse;
import io.liangjiang.identity.v1.ConsentAgreement;
import io.liangjiang.identity.v1.ConsentRecord;
import io.liangjiang.identity.v1.ConsentService;
import io.liangjiang.identity.v1.ConsentVerification;
import io.liangjiang.identity.v1.DataPolicy;
import io.liangjiang.identity.v1.GiveConsentRequest;
import io.liangjiang.identity.v1.ListConsentAgreementsRequest;
import io.liangjiang.identity.v1.ListConsentAgreementsResponse;
import io.liangjiang.identity.v1.ListDataPoliciesRequest;
import io.liangjiang.identity.v1.ListDataPoliciesResponse;
import io.liangjiang.identity.v1.ListMyConsentRevisionsRequest;
import io.liangjiang.identity.v1.ListMyConsentRevisionsResponse;
import io.liangjiang.identity.v1.ListMyConsentsRequest;
import io.liangjiang.identity.v1.ListMyConsentsResponse;
import io.liangjiang.identity.v1.PublishConsentAgreementRequest;
import io.liangjiang.identity.v1.PublishDataPolicyRequest;
import io.liangjiang.identity.v1.VerifyConsentsRequest;
import io.liangjiang.identity.v1.WithdrawConsentRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.util.function.Function;

/** The contract of consent. */
@GrpcService
public class ConsentGrpcService implements ConsentService {
  private final Catalogue catalogue;
  private final Consents consents;
  private final ConsentAudit audit;

  ConsentGrpcService(Catalogue catalogue, Consents consents, ConsentAudit audit) {
    this.catalogue = catalogue;
    this.consents = consents;
    this.audit = audit;
  }

  @Override
  public Uni<DataPolicy> publishDataPolicy(PublishDataPolicyRequest request) {
    return catalogue.publishPolicy(Caller.current(), request, ConsentForm.policy(request));
  }

  @Override
  public Uni<ListDataPoliciesResponse> listDataPolicies(ListDataPoliciesRequest request) {
    return catalogue
        .list(Revision.Kind.DATA_POLICY, Page.of(request.getPageSize(), request.getPageToken()))
        .map(
            cut ->
                ListDataPoliciesResponse.newBuilder()
                    .addAllDataPolicies(all(cut, ConsentProto::policy))
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  @Override
  public Uni<ConsentAgreement> publishConsentAgreement(PublishConsentAgreementRequest request) {
    ConsentForm.check(request);
    return catalogue.publishAgreement(Caller.current(), request);
  }

  @Override
  public Uni<ListConsentAgreementsResponse> listConsentAgreements(
      ListConsentAgreementsRequest request) {
    return catalogue
        .list(
            Revision.Kind.CONSENT_AGREEMENT, Page.of(request.getPageSize(), request.getPageToken()))
        .map(
            cut ->
                ListConsentAgreementsResponse.newBuilder()
                    .addAllConsentAgreements(all(cut, ConsentProto::agreement))
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  @Override
  public Uni<ConsentRecord> giveConsent(GiveConsentRequest request) {
    ConsentForm.check(request);
    return consents.give(Caller.current(), request);
  }

  @Override
  public Uni<ConsentRecord> withdrawConsent(WithdrawConsentRequest request) {
    ConsentForm.check(request);
    return consents.withdraw(Caller.current(), request);
  }

  @Override
  public Uni<ListMyConsentsResponse> listMyConsents(ListMyConsentsRequest request) {
    return consents
        .list(Caller.current().subject(), Page.of(request.getPageSize(), request.getPageToken()))
        .map(
            cut ->
                ListMyConsentsResponse.newBuilder()
                    .addAllConsentRecords(all(cut, ConsentProto::consentRecord))
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  @Override
  public Uni<ListMyConsentRevisionsResponse> listMyConsentRevisions(
      ListMyConsentRevisionsRequest request) {
    return consents
        .history(Caller.current().subject(), Page.of(request.getPageSize(), request.getPageToken()))
        .map(
            cut ->
                ListMyConsentRevisionsResponse.newBuilder()
                    .addAllConsentRecords(all(cut, ConsentProto::consentRecord))
                    .setNextPageToken(cut.nextPageToken())
                    .build());
  }

  @Override
  public Uni<CheckConsentResponse> checkConsent(CheckConsentRequest request) {
    ConsentForm.check(request);
    String citizenId = request.getCitizenId();
    var found =
        request.getConsentAgreementId().isEmpty()
            ? consents.covering(citizenId, request.getRecipient(), request.getDataKind())
            : consents.toAgreement(citizenId, request.getConsentAgreementId());
    return found.map(ConsentProto::check);
  }

  @Override
  public Uni<ConsentVerification> verifyConsents(VerifyConsentsRequest request) {
    return audit.verify(request.getPageToken()).map(ConsentProto::verification);
  }

  private static <T> Iterable<T> all(
      Page.Cut<ChainedRevision> cut, Function<ChainedRevision, T> conversion) {
    return cut.items().stream().map(conversion).toList();
  }
}
