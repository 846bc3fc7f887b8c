package io.liangjiang.tourism.purchase;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.liangjiang.identity.v1.CheckRelationRequest;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.identity.v1.RelatedPerson;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.tourism.TourismReason;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;

/** The people whom tickets are for; dependants are asked for at identity. */
@ApplicationScoped
public class People {
  private static final String PURPOSE = "ticket for a site";

  /** Identity knows nobody so, or nobody for whom the citizen may act by now. */
  private static final Set<Code> REFUSALS = Set.of(Code.NOT_FOUND, Code.FAILED_PRECONDITION);

  private final DependantService dependants;

  People(@GrpcClient("identity") DependantService dependants) {
    this.dependants = dependants;
  }

  /** The people of the tickets, in their order. Errors: DEPENDANT_NOT_FOUND, UNAVAILABLE. */
  Uni<List<Person>> of(Caller caller, List<Wanted> tickets) {
    var asked =
        tickets.stream()
            .map(Wanted::holder)
            .filter(Wanted.Dependant.class::isInstance)
            .map(holder -> ((Wanted.Dependant) holder).dependantId())
            .distinct()
            .map(id -> ask(caller, id))
            .toList();
    if (asked.isEmpty()) {
      return Uni.createFrom().item(people(tickets, Map.of()));
    }
    return Uni.join().all(asked).andFailFast().map(answers -> people(tickets, byId(answers)));
  }

  private Uni<RelatedPerson> ask(Caller caller, UUID dependantId) {
    return dependants
        .checkRelation(
            CheckRelationRequest.newBuilder()
                .setCitizenId(caller.subject())
                .setDependantId(dependantId.toString())
                .setPurpose(PURPOSE)
                .build())
        .onFailure()
        .transform(failure -> translate(failure, dependantId));
  }

  private static Throwable translate(Throwable failure, UUID dependantId) {
    boolean unknown =
        failure instanceof StatusRuntimeException status
            && REFUSALS.contains(status.getStatus().getCode());
    return unknown
        ? new ServiceException(
                TourismReason.DEPENDANT_NOT_FOUND, "the caller has no such dependant")
            .with("dependantId", dependantId)
        : PeerFailures.unavailable("identity");
  }

  private static Map<UUID, RelatedPerson> byId(List<RelatedPerson> answers) {
    Map<UUID, RelatedPerson> byId = new HashMap<>();
    answers.forEach(person -> byId.put(UUID.fromString(person.getDependantId()), person));
    return byId;
  }

  private static List<Person> people(List<Wanted> tickets, Map<UUID, RelatedPerson> related) {
    return tickets.stream()
        .map(
            ticket ->
                switch (ticket.holder()) {
                  case Wanted.Document(var name, var number) ->
                      new Person(name, "id:" + number.clearText(), null);
                  case Wanted.Dependant(var id) -> dependant(id, related);
                })
        .toList();
  }

  private static Person dependant(UUID id, Map<UUID, RelatedPerson> related) {
    var person = Objects.requireNonNull(related.get(id), "identity answered for another person");
    return new Person(person.getName(), "dependant:" + id, id);
  }
}
