package io.liangjiang.identity.dependant;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.identity.consent.Consents;
import io.liangjiang.identity.profile.RealNames;
import io.liangjiang.identity.v1.RelatedPerson;
import io.liangjiang.platform.access.AccessRecords;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.UUID;

/** A citizen's family. */
@ApplicationScoped
class Dependants {
  static final int MAX_A_FAMILY = 20;
  private static final String DATA_KIND = "dependant";

  /** A service's question. */
  record Question(UUID citizenId, UUID personId, String purpose) {}

  private final DependantRepository repository;
  private final OwnAccounts ownAccounts;
  private final Citizens citizens;
  private final RealNames realNames;
  private final Consents consents;
  private final AccessRecords accessRecords;
  private final Database database;

  Dependants(
      DependantRepository repository,
      OwnAccounts ownAccounts,
      Citizens citizens,
      RealNames realNames,
      Consents consents,
      AccessRecords accessRecords,
      Database database) {
    this.repository = repository;
    this.ownAccounts = ownAccounts;
    this.citizens = citizens;
    this.realNames = realNames;
    this.consents = consents;
    this.accessRecords = accessRecords;
    this.database = database;
  }

  /**
   * Adds a dependant, once a request. The request id is kept in the row and not with the platform's
   * stored answers: those would be a copy of the name in the clear. Errors: CITIZEN_NOT_FOUND,
   * TOO_MANY_DEPENDANTS, REQUEST_ID_REUSED, DEPENDANT_OF_AGE, DEPENDANT_HAS_ACCOUNT.
   */
  Uni<Dependant> add(UUID citizenId, UUID requestId, Dependant dependant) {
    return ownAccounts
        .requireNone(citizenId, dependant)
        .chain(() -> database.inTransaction(tx -> add(tx, citizenId, requestId, dependant)));
  }

  private Uni<Dependant> add(
      SqlConnection tx, UUID citizenId, UUID requestId, Dependant dependant) {
    return citizens
        .lock(tx, citizenId)
        .chain(() -> repository.findByRequest(tx, citizenId, requestId))
        .chain(
            known ->
                known.isPresent()
                    ? Uni.createFrom().item(same(known.get(), dependant))
                    : insert(tx, citizenId, requestId, dependant));
  }

  /** A page of the citizen's dependants. */
  Uni<Page.Cut<Dependant>> list(UUID citizenId, Page page) {
    return repository
        .list(database.client(), citizenId, page)
        .map(rows -> page.cut(rows, d -> List.of(d.createTime().toString(), d.id().toString())));
  }

  /**
   * Tells a service who a person is to a citizen, and notes that it asked. Errors:
   * DEPENDANT_NOT_FOUND, DEPENDANT_OF_AGE, DEPENDANT_HAS_ACCOUNT.
   */
  Uni<RelatedPerson> check(Caller service, Question question) {
    Uni<RelatedPerson> answer =
        question.personId().equals(question.citizenId())
            ? self(question.citizenId())
            : repository
                .find(database.client(), question.citizenId(), question.personId())
                .map(found -> found.orElseThrow(Dependants::notFound))
                .call(dependant -> ownAccounts.requireNone(question.citizenId(), dependant))
                .map(DependantProto::related);
    return answer.call(() -> note(service, question));
  }

  private Uni<Void> note(Caller service, Question question) {
    String citizenId = question.citizenId().toString();
    return consents
        .covering(citizenId, service.subject(), DATA_KIND)
        .map(
            consent ->
                new AccessRecords.Reading(
                    citizenId,
                    DATA_KIND,
                    question.personId().toString(),
                    question.purpose(),
                    consent.map(UUID::toString).orElse("")))
        .chain(reading -> accessRecords.append(database.client(), service, reading));
  }

  private Uni<RelatedPerson> self(UUID citizenId) {
    return citizens
        .get(citizenId)
        .onFailure(Dependants::isNoCitizen)
        .transform(e -> notFound())
        .chain(() -> realNames.find(citizenId))
        .map(person -> DependantProto.self(citizenId, person));
  }

  private Uni<Dependant> insert(
      SqlConnection tx, UUID citizenId, UUID requestId, Dependant dependant) {
    return repository
        .count(tx, citizenId)
        .invoke(Dependants::requireRoom)
        .chain(() -> repository.insert(tx, citizenId, requestId, dependant))
        .replaceWith(dependant);
  }

  private static Dependant same(Dependant known, Dependant asked) {
    if (!known.hasContentOf(asked)) {
      throw new ServiceException(
          PlatformReason.REQUEST_ID_REUSED, "the request id was used for another dependant");
    }
    return known;
  }

  private static void requireRoom(long count) {
    if (count >= MAX_A_FAMILY) {
      throw new ServiceException(
              IdentityReason.TOO_MANY_DEPENDANTS, "the family has as many dependants as it may")
          .with("max", MAX_A_FAMILY);
    }
  }

  private static boolean isNoCitizen(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == IdentityReason.CITIZEN_NOT_FOUND;
  }

  private static ServiceException notFound() {
    return new ServiceException(
        IdentityReason.DEPENDANT_NOT_FOUND, "the citizen has no such dependant");
  }
}
