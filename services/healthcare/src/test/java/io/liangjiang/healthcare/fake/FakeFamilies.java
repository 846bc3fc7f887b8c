package io.liangjiang.healthcare.fake;

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
  private static final int MAX_PURPOSE = 100;

  private final Map<String, String> citizenByDependant = new ConcurrentHashMap<>();
  private final Map<String, String> provedNames = new ConcurrentHashMap<>();
  private volatile boolean down;

  /** Adds a child to a citizen's family. */
  public UUID child(UUID citizenId) {
    UUID child = UUID.randomUUID();
    citizenByDependant.put(child.toString(), citizenId.toString());
    return child;
  }

  /** What a citizen proved to be called. */
  public void proved(UUID citizenId, String name) {
    provedNames.put(citizenId.toString(), name);
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
    new Violations()
        .requireUuid(request.getCitizenId(), "citizen_id")
        .requireUuid(request.getDependantId(), "dependant_id")
        .requireText(request.getPurpose(), 1, MAX_PURPOSE, "purpose")
        .throwIfAny();
    String id = request.getDependantId();
    var person = RelatedPerson.newBuilder().setDependantId(id);
    if (id.equals(request.getCitizenId())) {
      person.setName(provedNames.getOrDefault(id, "")).setRelation(Dependant.Relation.SELF);
    } else if (request.getCitizenId().equals(citizenByDependant.get(id))) {
      person.setName("小明").setBirthDate("2019-06-01").setRelation(Dependant.Relation.CHILD);
    } else {
      throw TestCalls.refusal(Code.NOT_FOUND, "DEPENDANT_NOT_FOUND");
    }
    return Uni.createFrom().item(person.build());
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
