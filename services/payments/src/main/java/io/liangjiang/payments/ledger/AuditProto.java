package io.liangjiang.payments.ledger;

import io.liangjiang.payments.ledger.ChainCheck.Fault;
import io.liangjiang.payments.ledger.JournalAudit.Place;
import io.liangjiang.payments.ledger.JournalAudit.Walk;
import io.liangjiang.payments.v1.JournalVerification;
import io.liangjiang.payments.v1.JournalVerification.Difference;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/** Between the audit's walk and its contract. */
final class AuditProto {
  private static final String CHAINED = "chained";
  private static final Pattern SHA_256 = Pattern.compile("[0-9a-f]{64}");

  private AuditProto() {}

  /** Where a walk goes on: place, last batch in the chain, hash up to it. */
  static Walk from(String pageToken) {
    var page = Page.of(0, pageToken);
    if (page.isFirst()) {
      return Walk.from(ChainEnd.START, Place.START);
    }
    String hash = page.keyText(3);
    if (!SHA_256.matcher(hash).matches()) {
      throw new ServiceException(
          PlatformReason.INVALID_PAGE_TOKEN, "page_token is not one of this list");
    }
    return Walk.from(
        new ChainEnd(page.keyLong(2), HexFormat.of().parseHex(hash)),
        new Place(page.keyLong(0), page.keyText(1).equals(CHAINED)));
  }

  static JournalVerification verification(Walk walk) {
    String hash = HexFormat.of().formatHex(walk.end().sha256());
    var proto =
        JournalVerification.newBuilder()
            .setCheckedTransferCount(walk.records())
            .setCheckedBatchCount(walk.batches())
            .setLastBatchId(Math.max(0, walk.end().batchId()))
            .setSha256(hash);
    if (walk.fault() != null) {
      proto.setFault(fault(walk.fault()));
    }
    if (!walk.isOver()) {
      proto.setNextPageToken(
          Page.token(
              List.of(
                  Long.toString(walk.place().after()),
                  walk.place().chained() ? CHAINED : "",
                  Long.toString(walk.end().batchId()),
                  hash)));
    }
    return proto.build();
  }

  private static JournalVerification.Fault fault(Fault fault) {
    var proto =
        JournalVerification.Fault.newBuilder()
            .setDifference(
                switch (fault.difference()) {
                  case CHANGED -> Difference.CHANGED;
                  case REMOVED -> Difference.REMOVED;
                  case INSERTED -> Difference.INSERTED;
                })
            .setBatchId(fault.batchId())
            .setPosition(fault.position());
    if (fault.transferId() != null) {
      proto.setTransferId(fault.transferId().toString());
    }
    return proto.build();
  }
}
