package io.liangjiang.tourism.city;

import io.grpc.Status;
import io.liangjiang.identity.v1.CheckRelationRequest;
import io.liangjiang.identity.v1.CreateDependantRequest;
import io.liangjiang.identity.v1.Dependant;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.identity.v1.ListDependantsRequest;
import io.liangjiang.identity.v1.ListDependantsResponse;
import io.liangjiang.identity.v1.RelatedPerson;
import io.quarkus.grpc.GrpcService;
import io.smallrye.mutiny.Uni;

/** Knows the families that a test registered. */
@GrpcService
public class FakeDependants implements DependantService {
  private final Families families;

  FakeDependants(Families families) {
    this.families = families;
  }

  @Override
  public Uni<RelatedPerson> checkRelation(CheckRelationRequest request) {
    String name = families.find(request.getCitizenId(), request.getDependantId());
    return name == null
        ? Uni.createFrom().failure(Status.NOT_FOUND.asRuntimeException())
        : Uni.createFrom()
            .item(
                RelatedPerson.newBuilder()
                    .setDependantId(request.getDependantId())
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
