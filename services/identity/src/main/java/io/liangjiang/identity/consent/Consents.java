package io.liangjiang.identity.consent;

import static io.liangjiang.identity.consent.Revision.CATALOGUE;
import static io.liangjiang.identity.consent.Revision.Kind.CONSENT_AGREEMENT;
import static io.liangjiang.identity.consent.Revision.Kind.CONSENT_RECORD;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.v1.ConsentRecord;
import io.liangjiang.identity.v1.GiveConsentRequest;
import io.liangjiang.identity.v1.WithdrawConsentRequest;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Idempotency;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Predicate;

/** What citizens answered. */
@ApplicationScoped
public class Consents {
  private final Revisions revisions;
  private final RevisionRepository repository;
  private final Idempotency idempotency;
  private final Database database;

  Consents(
      Revisions revisions,
      RevisionRepository repository,
      Idempotency idempotency,
      Database database) {
    this.revisions = revisions;
    this.repository = repository;
    this.idempotency = idempotency;
    this.database = database;
  }

  /**
   * Errors: CITIZEN_NOT_FOUND, CONSENT_AGREEMENT_NOT_FOUND, CONSENT_AGREEMENT_REVISED,
   * CONSENT_AGREEMENT_CLOSED, TOO_MANY_CONSENT_REVISIONS, REQUEST_ID_REUSED.
   */
  Uni<ConsentRecord> give(Caller caller, GiveConsentRequest request) {
    int shown = request.getConsentAgreementRevision();
    var draft = draft(caller, request.getConsentAgreementId(), true);
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        ConsentRecord.getDefaultInstance(),
        tx ->
            requireCitizen(tx, caller)
                .chain(() -> agreement(tx, draft.objectId()))
                .invoke(agreement -> requireCurrent(agreement, shown))
                .chain(() -> revisions.revise(tx, draft, latest -> given(latest, shown)))
                .map(ConsentProto::consentRecord));
  }

  /** Errors: CITIZEN_NOT_FOUND, CONSENT_NOT_FOUND, REQUEST_ID_REUSED. */
  Uni<ConsentRecord> withdraw(Caller caller, WithdrawConsentRequest request) {
    var draft = draft(caller, request.getConsentAgreementId(), false);
    return idempotency.once(
        caller,
        request.getRequestId(),
        request,
        ConsentRecord.getDefaultInstance(),
        tx ->
            requireCitizen(tx, caller)
                .chain(() -> revisions.revise(tx, draft, Consents::withdrawn))
                .map(ConsentProto::consentRecord));
  }

  Uni<Page.Cut<ChainedRevision>> list(String citizenId, Page page) {
    return repository
        .listLatest(database.client(), citizenId, CONSENT_RECORD, page)
        .map(rows -> page.cut(rows, each -> List.of(each.revision().objectId())));
  }

  Uni<Page.Cut<ChainedRevision>> history(String citizenId, Page page) {
    return repository
        .listNewestFirst(database.client(), citizenId, page)
        .map(rows -> page.cut(rows, each -> List.of(Long.toString(each.revision().sequence()))));
  }

  /** The consent to an agreement that counts now. */
  Uni<Optional<UUID>> toAgreement(String citizenId, String agreementId) {
    return repository
        .latest(database.client(), citizenId, CONSENT_RECORD, agreementId)
        .chain(
            found ->
                found.isPresent()
                    ? counting(database.client(), found.get().revision(), shown -> true)
                    : Uni.createFrom().item(Optional.empty()));
  }

  /**
   * The consent under which a recipient may read a kind of a citizen's data now. Looks through the
   * hundred first agreements that the citizen answered.
   */
  public Uni<Optional<UUID>> covering(String citizenId, String recipient, String dataKind) {
    return repository
        .listLatest(database.client(), citizenId, CONSENT_RECORD, Page.of(100, ""))
        .chain(answers -> first(answers, shown -> shown.covers(recipient, dataKind)));
  }

  /** The same of a consent that is about that kind of data alone, as sensitive data needs it. */
  public Uni<Optional<UUID>> separately(String citizenId, String recipient, String dataKind) {
    return repository
        .listLatest(database.client(), citizenId, CONSENT_RECORD, Page.of(100, ""))
        .chain(
            answers ->
                first(
                    answers,
                    shown ->
                        shown.covers(recipient, dataKind)
                            && shown.dataKinds().equals(List.of(dataKind))));
  }

  private Uni<Optional<UUID>> first(List<ChainedRevision> answers, Predicate<Agreement> wanted) {
    Uni<Optional<UUID>> found = Uni.createFrom().item(Optional.empty());
    for (ChainedRevision answer : answers) {
      found =
          found.chain(
              known ->
                  known.isPresent()
                      ? Uni.createFrom().item(known)
                      : counting(database.client(), answer.revision(), wanted));
    }
    return found;
  }

  private Uni<Optional<UUID>> counting(
      SqlClient client, Revision said, Predicate<Agreement> wanted) {
    Answer answer = Snapshots.answer(said);
    if (!answer.isGiven()) {
      return Uni.createFrom().item(Optional.empty());
    }
    return repository
        .latest(client, CATALOGUE, CONSENT_AGREEMENT, said.objectId())
        .map(latest -> accepts(latest, answer))
        .chain(
            accepted ->
                accepted
                    ? shown(client, said.objectId(), answer)
                    : Uni.createFrom().item(Optional.<Agreement>empty()))
        .map(shown -> shown.filter(wanted).map(agreement -> answer.recordId()));
  }

  private static boolean accepts(Optional<ChainedRevision> latest, Answer answer) {
    return latest
        .map(each -> Snapshots.agreement(each.revision()).accepts(answer.agreementRevision()))
        .orElse(false);
  }

  private Uni<Optional<Agreement>> shown(SqlClient client, String agreementId, Answer answer) {
    return repository
        .find(client, CATALOGUE, CONSENT_AGREEMENT, agreementId, answer.agreementRevision())
        .map(found -> found.map(each -> Snapshots.agreement(each.revision())));
  }

  private static Revisions.Draft draft(Caller caller, String agreementId, boolean isLimited) {
    String authorizedBy = caller.actor();
    return new Revisions.Draft(
        caller.subject(), CONSENT_RECORD, agreementId, authorizedBy, isLimited);
  }

  private Uni<Void> requireCitizen(SqlConnection tx, Caller caller) {
    return repository
        .isCitizen(tx, UUID.fromString(caller.subject()))
        .invoke(
            exists -> {
              if (!exists) {
                throw new ServiceException(IdentityReason.CITIZEN_NOT_FOUND, "no such citizen");
              }
            })
        .replaceWithVoid();
  }

  private Uni<Revision> agreement(SqlConnection tx, String agreementId) {
    return repository
        .latest(tx, CATALOGUE, CONSENT_AGREEMENT, agreementId)
        .map(
            found ->
                found
                    .map(ChainedRevision::revision)
                    .orElseThrow(
                        () ->
                            new ServiceException(
                                IdentityReason.CONSENT_AGREEMENT_NOT_FOUND,
                                "no such consent agreement")));
  }

  private static void requireCurrent(Revision agreement, int shown) {
    if (!Snapshots.agreement(agreement).isOpen()) {
      throw new ServiceException(
          IdentityReason.CONSENT_AGREEMENT_CLOSED, "nobody is asked for this consent any more");
    }
    if (agreement.number() != shown) {
      throw new ServiceException(
              IdentityReason.CONSENT_AGREEMENT_REVISED,
              "this is not the revision that is asked for now")
          .with("revision", agreement.number());
    }
  }

  private static String given(Optional<Revision> latest, int shown) {
    UUID id = latest.map(each -> Snapshots.answer(each).recordId()).orElseGet(UUID::randomUUID);
    return Snapshots.of(new Answer(id, shown, true));
  }

  private static String withdrawn(Optional<Revision> latest) {
    Answer said =
        Snapshots.answer(
            latest.orElseThrow(
                () ->
                    new ServiceException(
                        IdentityReason.CONSENT_NOT_FOUND, "no such consent was given")));
    return Snapshots.of(new Answer(said.recordId(), said.agreementRevision(), false));
  }
}
