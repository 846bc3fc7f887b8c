package io.liangjiang.healthcare.fake;

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
import jakarta.enterprise.inject.Default;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Identity's side of families: everybody is their own relation, and children are added by the
 * tests.
 */
@Default
@Singleton
@GrpcService
public class FakeFamilies implements DependantService {
  private final Map<String, String> citizenByDependant = new ConcurrentHashMap<>();
  private volatile boolean down;

  /** Adds a child to a citizen's family. */
  public UUID child(UUID citizenId) {
    UUID child = UUID.randomUUID();
    citizenByDependant.put(child.toString(), citizenId.toString());
    return child;
  }

  /** Whether identity cannot be reached. */
  public void down(boolean isDown) {
    down = isDown;
  }

  @Override
  public Uni<RelatedPerson> checkRelation(CheckRelationRequest request) {
    if (down) {
      return Uni.createFrom().failure(Status.UNAVAILABLE.asRuntimeException());
    }
    if (request.getPurpose().isEmpty()) {
      return Uni.createFrom().failure(Status.INVALID_ARGUMENT.asRuntimeException());
    }
    String person = request.getDependantId();
    String citizen = citizenByDependant.getOrDefault(person, person);
    return citizen.equals(request.getCitizenId())
        ? Uni.createFrom()
            .item(RelatedPerson.newBuilder().setDependantId(person).setName("小明").build())
        : Uni.createFrom().failure(Status.NOT_FOUND.asRuntimeException());
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
