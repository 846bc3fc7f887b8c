package io.liangjiang.identity.dependant;

import io.liangjiang.identity.sql.Columns;
import io.liangjiang.identity.v1.CheckRelationRequest;
import io.liangjiang.identity.v1.CreateDependantRequest;
import io.liangjiang.identity.v1.Dependant.Relation;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.identity.v1.ListDependantsRequest;
import io.liangjiang.identity.v1.ListDependantsResponse;
import io.liangjiang.identity.v1.RelatedPerson;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The contract of the family. */
@GrpcService
public class DependantGrpcService implements DependantService {
  private static final int MAX_NAME = 50;
  private static final int MAX_PURPOSE = 100;
  private static final LocalDate EARLIEST_BIRTH = LocalDate.of(1900, 1, 1);
  private static final Set<Relation> GIVEN =
      Set.of(Relation.CHILD, Relation.PARENT, Relation.SPOUSE, Relation.OTHER);

  private final Dependants dependants;
  private final InstantSource clock;

  DependantGrpcService(Dependants dependants, InstantSource clock) {
    this.dependants = dependants;
    this.clock = clock;
  }

  @Override
  public Uni<io.liangjiang.identity.v1.Dependant> createDependant(CreateDependantRequest request) {
    Caller caller = Caller.current();
    UUID requestId = Violations.requestId(request.getRequestId());
    Instant now = Columns.now(clock);
    Optional<LocalDate> birthDate = birthDate(request.getBirthDate(), now);
    new Violations()
        .requireText(request.getName(), 1, MAX_NAME, "name")
        .require(
            birthDate.isPresent(),
            "birth_date",
            "must be a day as YYYY-MM-DD, from 1900-01-01 to today")
        .require(
            GIVEN.contains(request.getRelation()),
            "relation",
            "must be CHILD, PARENT, SPOUSE or OTHER")
        .throwIfAny();
    Dependant dependant =
        new Dependant(
            UUID.randomUUID(),
            request.getName(),
            birthDate.orElseThrow(),
            Dependant.Relation.valueOf(request.getRelation().name()),
            now);
    return dependants
        .add(UUID.fromString(caller.subject()), requestId, dependant)
        .map(DependantProto::dependant);
  }

  @Override
  public Uni<ListDependantsResponse> listDependants(ListDependantsRequest request) {
    UUID citizenId = UUID.fromString(Caller.current().subject());
    return dependants
        .list(citizenId, Page.of(request.getPageSize(), request.getPageToken()))
        .map(DependantProto::list);
  }

  @Override
  public Uni<RelatedPerson> checkRelation(CheckRelationRequest request) {
    new Violations()
        .requireUuid(request.getCitizenId(), "citizen_id")
        .requireUuid(request.getDependantId(), "dependant_id")
        .requireText(request.getPurpose(), 1, MAX_PURPOSE, "purpose")
        .throwIfAny();
    return dependants.check(
        Caller.current(),
        new Dependants.Question(
            UUID.fromString(request.getCitizenId()),
            UUID.fromString(request.getDependantId()),
            request.getPurpose()));
  }

  private static Optional<LocalDate> birthDate(String text, Instant now) {
    try {
      LocalDate date = LocalDate.parse(text);
      boolean possible =
          text.length() == 10
              && !date.isBefore(EARLIEST_BIRTH)
              && !date.isAfter(LocalDate.ofInstant(now, OwnAccounts.CITY));
      return possible ? Optional.of(date) : Optional.empty();
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
