package io.liangjiang.healthcare.appointment;

import io.grpc.Status.Code;
import io.grpc.StatusRuntimeException;
import io.liangjiang.healthcare.HealthcareReason;
import io.liangjiang.identity.v1.CheckRelationRequest;
import io.liangjiang.identity.v1.DependantService;
import io.liangjiang.platform.errors.ServiceException;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;

/** Asks identity for whom a citizen may book. */
@ApplicationScoped
class Patients {
  private static final String PURPOSE = "appointment at a hospital";
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);

  /** Identity knows nobody so, or nobody for whom the citizen may act by now. */
  private static final Set<Code> REFUSALS = Set.of(Code.NOT_FOUND, Code.FAILED_PRECONDITION);

  private final DependantService dependants;

  Patients(@GrpcClient("identity") DependantService dependants) {
    this.dependants = dependants;
  }

  /**
   * The citizen itself or a dependant of theirs. Errors: PATIENT_NOT_FOUND, IDENTITY_UNAVAILABLE.
   */
  Uni<Patient> find(UUID citizenId, UUID patientId) {
    return dependants
        .checkRelation(
            CheckRelationRequest.newBuilder()
                .setCitizenId(citizenId.toString())
                .setDependantId(patientId.toString())
                .setPurpose(PURPOSE)
                .build())
        .map(person -> new Patient(patientId, person.getName()))
        .onFailure(StatusRuntimeException.class)
        .transform(failure -> refusal((StatusRuntimeException) failure));
  }

  private static ServiceException refusal(StatusRuntimeException failure) {
    var refusal =
        REFUSALS.contains(failure.getStatus().getCode())
            ? new ServiceException(
                HealthcareReason.PATIENT_NOT_FOUND,
                "the patient is neither the caller nor one of the caller's dependants")
            : new ServiceException(
                    HealthcareReason.IDENTITY_UNAVAILABLE, "identity could not be asked")
                .retryAfter(RETRY_AFTER);
    refusal.addSuppressed(failure);
    return refusal;
  }
}
