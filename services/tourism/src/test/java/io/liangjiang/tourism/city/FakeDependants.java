package io.liangjiang.tourism.city;

import com.google.rpc.Code;
import io.grpc.Status;
import io.liangjiang.identity.v1.CheckRelationRequest;
import io.liangjiang.identity.v1.CreateDependantRequest;
import io.liangjiang.identity.v1.Dependant;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.identity.v1.ListDependantsRequest;
import io.liangjiang.identity.v1.ListDependantsResponse;
import io.liangjiang.identity.v1.RelatedPerson;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.test.TestCalls;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Knows the families that a test registered. */
@GrpcService
public class FakeDependants implements DependantService {
  private static final int MAX_PURPOSE = 100;

  private final Families families;

  FakeDependants(Families families) {
    this.families = families;
  }

  @Override
  public Uni<RelatedPerson> checkRelation(CheckRelationRequest request) {
    new Violations()
        .requireUuid(request.getCitizenId(), "citizen_id")
        .requireUuid(request.getDependantId(), "dependant_id")
        .requireText(request.getPurpose(), 1, MAX_PURPOSE, "purpose")
        .throwIfAny();
    var person = RelatedPerson.newBuilder().setDependantId(request.getDependantId());
    if (request.getDependantId().equals(request.getCitizenId())) {
      return Uni.createFrom().item(person.setRelation(Dependant.Relation.SELF).build());
    }
    String name = families.find(request.getCitizenId(), request.getDependantId());
    if (name == null) {
      throw TestCalls.refusal(Code.NOT_FOUND, "DEPENDANT_NOT_FOUND");
    }
    return Uni.createFrom()
        .item(
            person
                .setName(name)
                .setBirthDate("2019-06-01")
                .setRelation(Dependant.Relation.CHILD)
                .build());
  }

  @Override
  public Uni<Dependant> createDependant(CreateDependantRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }

  @Override
  public Uni<ListDependantsResponse> listDependants(ListDependantsRequest request) {
    return Uni.createFrom().failure(Status.UNIMPLEMENTED.asRuntimeException());
  }
}
