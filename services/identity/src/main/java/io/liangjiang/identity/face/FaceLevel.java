package io.liangjiang.identity.face;

import io.liangjiang.identity.audit.AuditRecords;
import io.liangjiang.identity.citizen.Citizen;
import io.liangjiang.identity.citizen.Citizens;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Raises accounts whose owner a camera saw, and notes it. */
@ApplicationScoped
class FaceLevel {
  private final Citizens citizens;
  private final AuditRecords audit;
  private final Database database;

  FaceLevel(Citizens citizens, AuditRecords audit, Database database) {
    this.citizens = citizens;
    this.audit = audit;
    this.database = database;
  }

  /**
   * The citizen as they are then.
   *
   * @param verificationId by which it was proved
   */
  Uni<Citizen> raise(UUID citizenId, UUID verificationId) {
    String citizen = citizenId.toString();
    return database.inTransaction(
        tx ->
            citizens
                .raise(tx, citizenId, AssuranceLevel.FACE)
                .call(
                    () ->
                        audit.append(
                            tx, "face.verified", citizen, citizen, verificationId.toString())));
  }
}
