package io.liangjiang.identity.citizen;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.platform.access.AccessRecords;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.UUID;

/** Tells those who collect money how a super-app knows a citizen. */
@ApplicationScoped
public class SuperAppIdentities {
  private static final String DATA_KIND = "super-app-identity";
  private static final String PURPOSE = "payment through the super-app";

  private final CitizenRepository repository;
  private final AccessRecords accessRecords;
  private final Database database;

  SuperAppIdentities(CitizenRepository repository, AccessRecords accessRecords, Database database) {
    this.repository = repository;
    this.accessRecords = accessRecords;
    this.database = database;
  }

  /**
   * Whom a service asks for.
   *
   * @param sessionId the session in which the citizen calls; any other id when it is not known
   */
  public record Question(UUID citizenId, String appId, UUID sessionId) {}

  /** The open id; notes that the service asked. Errors: SUPER_APP_NOT_LINKED. */
  public Uni<String> openId(Caller service, Question question) {
    return repository
        .findOpenId(database.client(), question.citizenId(), question.appId(), question.sessionId())
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ServiceException(
                            IdentityReason.SUPER_APP_NOT_LINKED,
                            "the mini-program does not know the citizen")))
        .call(() -> note(service, question));
  }

  private Uni<Void> note(Caller service, Question question) {
    String citizenId = question.citizenId().toString();
    return accessRecords.append(
        database.client(), service, citizenId, DATA_KIND, question.appId(), PURPOSE);
  }
}
