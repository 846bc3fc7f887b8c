package io.liangjiang.identity.dependant;

import io.liangjiang.identity.profile.RealNames.Person;
import io.liangjiang.identity.v1.ListDependantsResponse;
import io.liangjiang.identity.v1.RelatedPerson;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import java.util.Optional;
import java.util.UUID;

/** Dependants as the wire has them. */
final class DependantProto {
  private DependantProto() {}

  static io.liangjiang.identity.v1.Dependant dependant(Dependant dependant) {
    return io.liangjiang.identity.v1.Dependant.newBuilder()
        .setDependantId(dependant.id().toString())
        .setName(dependant.name())
        .setBirthDate(dependant.birthDate().toString())
        .setRelation(relation(dependant))
        .setCreateTime(ProtoTime.timestamp(dependant.createTime()))
        .build();
  }

  static ListDependantsResponse list(Page.Cut<Dependant> cut) {
    return ListDependantsResponse.newBuilder()
        .addAllDependants(cut.items().stream().map(DependantProto::dependant).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  static RelatedPerson related(Dependant dependant) {
    return RelatedPerson.newBuilder()
        .setDependantId(dependant.id().toString())
        .setName(dependant.name())
        .setBirthDate(dependant.birthDate().toString())
        .setRelation(relation(dependant))
        .build();
  }

  static RelatedPerson self(UUID citizenId, Optional<Person> person) {
    return RelatedPerson.newBuilder()
        .setDependantId(citizenId.toString())
        .setName(person.map(Person::name).orElse(""))
        .setBirthDate(person.map(p -> p.birthDate().toString()).orElse(""))
        .setRelation(io.liangjiang.identity.v1.Dependant.Relation.SELF)
        .build();
  }

  private static io.liangjiang.identity.v1.Dependant.Relation relation(Dependant dependant) {
    return io.liangjiang.identity.v1.Dependant.Relation.valueOf(dependant.relation().name());
  }
}
