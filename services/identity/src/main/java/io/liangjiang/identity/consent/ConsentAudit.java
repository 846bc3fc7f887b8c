package io.liangjiang.identity.consent;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Walks the chains for auditors, some thousand revisions a call. */
@ApplicationScoped
class ConsentAudit {
  private static final int STEPS_A_CALL = 5_000;
  private static final HexFormat HEX = HexFormat.of();

  /** What one call found, and where to go on; an empty token at the end. */
  record Result(long checkedCount, Optional<ChainWalk.Fault> fault, String nextPageToken) {}

  private final RevisionRepository repository;
  private final Database database;

  ConsentAudit(RevisionRepository repository, Database database) {
    this.repository = repository;
    this.database = database;
  }

  /** Errors: INVALID_PAGE_TOKEN. */
  Uni<Result> verify(String pageToken) {
    return verify(pageToken, STEPS_A_CALL);
  }

  Uni<Result> verify(String pageToken, int steps) {
    var page = Page.of(0, pageToken);
    var start = page.isFirst() ? ChainWalk.Position.START : position(page);
    return repository
        .walk(database.client(), start.chainId(), start.sequence(), steps)
        .map(rows -> result(new ChainWalk(start).walk(rows), rows.size() < steps));
  }

  private static Result result(ChainWalk walk, boolean isOver) {
    if (isOver) {
      walk.end();
    }
    boolean goesOn = !isOver && walk.fault().isEmpty();
    return new Result(walk.checkedCount(), walk.fault(), goesOn ? token(walk.position()) : "");
  }

  private static String token(ChainWalk.Position at) {
    return Page.token(
        List.of(
            at.chainId(),
            Long.toString(at.sequence()),
            at.objectId(),
            Integer.toString(at.number()),
            HEX.formatHex(at.hash()),
            Long.toString(at.chain().length()),
            HEX.formatHex(at.chain().lastHash())));
  }

  private static ChainWalk.Position position(Page page) {
    String chainId = page.keyText(0);
    var chain = new ChainWalk.Chain(chainId, page.keyLong(5), bytes(page, 6));
    return new ChainWalk.Position(
        chainId,
        page.keyLong(1),
        page.keyText(2),
        Math.toIntExact(page.keyLong(3)),
        bytes(page, 4),
        chain);
  }

  private static byte[] bytes(Page page, int index) {
    try {
      return HEX.parseHex(page.keyText(index));
    } catch (IllegalArgumentException e) {
      throw new ServiceException(
          PlatformReason.INVALID_PAGE_TOKEN, "page_token is not one of this list");
    }
  }
}
