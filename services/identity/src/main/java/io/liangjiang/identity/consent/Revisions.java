package io.liangjiang.identity.consent;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.sql.Columns;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Function;

/** Adds revisions to chains. */
@ApplicationScoped
class Revisions {
  private static final long MAX_A_CHAIN = 10_000;

  /**
   * What is to be said of an object.
   *
   * @param isLimited false for what must never be refused
   */
  record Draft(
      String chainId, Revision.Kind kind, String objectId, String authorizedBy, boolean isLimited) {
    Draft(String chainId, Revision.Kind kind, String objectId, String authorizedBy) {
      this(chainId, kind, objectId, authorizedBy, true);
    }
  }

  private final RevisionRepository repository;
  private final InstantSource clock;

  Revisions(RevisionRepository repository, InstantSource clock) {
    this.repository = repository;
    this.clock = clock;
  }

  /**
   * Makes the object's next revision, unless the content is what it is already.
   *
   * @param content the snapshot, made from the latest revision while nobody else can add one
   */
  Uni<ChainedRevision> revise(
      SqlConnection tx, Draft draft, Function<Optional<Revision>, String> content) {
    return repository
        .lockChain(tx, draft.chainId())
        .chain(
            head ->
                repository
                    .latest(tx, draft.chainId(), draft.kind(), draft.objectId())
                    .chain(latest -> next(tx, draft, head, latest, content)));
  }

  private Uni<ChainedRevision> next(
      SqlConnection tx,
      Draft draft,
      ChainWalk.Chain head,
      Optional<ChainedRevision> latest,
      Function<Optional<Revision>, String> content) {
    String snapshot = content.apply(latest.map(ChainedRevision::revision));
    if (latest.isPresent() && latest.get().revision().snapshot().equals(snapshot)) {
      return Uni.createFrom().item(latest.get());
    }
    if (draft.isLimited() && head.length() >= MAX_A_CHAIN) {
      throw new ServiceException(
              IdentityReason.TOO_MANY_CONSENT_REVISIONS, "there are as many revisions as may be")
          .with("max", MAX_A_CHAIN);
    }
    int number = latest.map(each -> each.revision().number()).orElse(0) + 1;
    var revision =
        new Revision(
            draft.chainId(),
            head.length() + 1,
            draft.kind(),
            draft.objectId(),
            number,
            snapshot,
            draft.authorizedBy(),
            Columns.now(clock));
    return repository.append(tx, head, revision);
  }
}
