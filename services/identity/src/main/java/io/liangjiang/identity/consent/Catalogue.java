package io.liangjiang.identity.consent;

import static io.liangjiang.identity.consent.Revision.CATALOGUE;
import static io.liangjiang.identity.consent.Revision.Kind.CONSENT_AGREEMENT;
import static io.liangjiang.identity.consent.Revision.Kind.DATA_POLICY;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.v1.ConsentAgreement;
import io.liangjiang.identity.v1.DataPolicy;
import io.liangjiang.identity.v1.PublishConsentAgreementRequest;
import io.liangjiang.identity.v1.PublishDataPolicyRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** What operators publish: data policies and consent agreements. */
@ApplicationScoped
class Catalogue {
  private final Revisions revisions;
  private final RevisionRepository repository;
  private final AuditRecords audit;
  private final Idempotency idempotency;
  private final Database database;

  Catalogue(
      Revisions revisions,
      RevisionRepository repository,
      AuditRecords audit,
      Idempotency idempotency,
      Database database) {
    this.revisions = revisions;
    this.repository = repository;
    this.audit = audit;
    this.idempotency = idempotency;
    this.database = database;
  }

  /** Errors: REQUEST_ID_REUSED, TOO_MANY_CONSENT_REVISIONS. */
  Uni<DataPolicy> publishPolicy(Caller caller, PublishDataPolicyRequest request, Policy policy) {
    String id = request.getDataPolicyId();
    var draft = new Revisions.Draft(CATALOGUE, DATA_POLICY, id, caller.subject());
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        DataPolicy.getDefaultInstance(),
        tx ->
            revisions
                .revise(tx, draft, latest -> Snapshots.of(policy))
                .call(made -> noted(tx, "data-policy.published", caller, made))
                .map(ConsentProto::policy));
  }

  /** Errors: DATA_POLICY_NOT_FOUND, REQUEST_ID_REUSED, TOO_MANY_CONSENT_REVISIONS. */
  Uni<ConsentAgreement> publishAgreement(Caller caller, PublishConsentAgreementRequest request) {
    String id = request.getConsentAgreementId();
    var draft = new Revisions.Draft(CATALOGUE, CONSENT_AGREEMENT, id, caller.subject());
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        ConsentAgreement.getDefaultInstance(),
        tx ->
            latestPolicy(tx, request.getDataPolicyId())
                .chain(
                    policy ->
                        revisions.revise(
                            tx, draft, latest -> Snapshots.of(next(request, policy, latest))))
                .call(made -> noted(tx, "consent-agreement.published", caller, made))
                .map(ConsentProto::agreement));
  }

  Uni<Page.Cut<ChainedRevision>> list(Revision.Kind kind, Page page) {
    return repository
        .listLatest(database.client(), CATALOGUE, kind, page)
        .map(rows -> page.cut(rows, each -> List.of(each.revision().objectId())));
  }

  private Uni<Revision> latestPolicy(SqlConnection tx, String policyId) {
    return repository
        .latest(tx, CATALOGUE, DATA_POLICY, policyId)
        .map(
            found ->
                found
                    .map(ChainedRevision::revision)
                    .orElseThrow(
                        () ->
                            new ServiceException(
                                    IdentityReason.DATA_POLICY_NOT_FOUND, "no such data policy")
                                .with("dataPolicyId", policyId)));
  }

  private static Agreement next(
      PublishConsentAgreementRequest request, Revision policy, Optional<Revision> latest) {
    int validFrom =
        request.getAskAgain()
            ? latest.map(Revision::number).orElse(0) + 1
            : latest.map(each -> Snapshots.agreement(each).validFromRevision()).orElse(1);
    return new Agreement(
        policy.objectId(),
        policy.number(),
        request.getPurpose(),
        List.copyOf(request.getDataKindsList()),
        List.copyOf(request.getRecipientsList()),
        validFrom,
        !request.getClosed());
  }

  private Uni<Void> noted(SqlConnection tx, String action, Caller caller, ChainedRevision made) {
    String detail = "revision " + made.revision().number();
    return audit.append(tx, action, caller.subject(), made.revision().objectId(), detail);
  }
}
