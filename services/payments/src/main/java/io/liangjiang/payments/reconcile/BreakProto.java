package io.liangjiang.payments.reconcile;

import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.match.Difference;
import io.liangjiang.payments.v1.ListReconciliationBreaksResponse;
import io.liangjiang.payments.v1.ReconciliationBreak;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;
import java.util.UUID;

/** Between breaks and their contract. */
final class BreakProto {
  private BreakProto() {}

  static ListReconciliationBreaksResponse list(Page.Cut<Break> cut) {
    return ListReconciliationBreaksResponse.newBuilder()
        .addAllBreaks(cut.items().stream().map(BreakProto::of).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  static ReconciliationBreak of(Break found) {
    Difference difference = found.difference();
    var proto =
        ReconciliationBreak.newBuilder()
            .setBreakId(found.id().toString())
            .setBusinessDate(found.day().toString())
            .setChannel(found.channel())
            .setType(difference.type())
            .setOwner(found.owner())
            .setState(found.state())
            .setSubject(difference.subject())
            .setDetail(difference.detail())
            .setCreateTime(ProtoTime.timestamp(found.createTime()))
            .setResolvedBy(found.resolvedBy())
            .setNote(found.note());
    setAmounts(proto, difference);
    Instant resolveTime = found.resolveTime();
    if (resolveTime != null) {
      proto.setResolveTime(ProtoTime.timestamp(resolveTime));
    }
    UUID transferId = found.transferId();
    return transferId == null ? proto.build() : proto.setTransferId(transferId.toString()).build();
  }

  private static void setAmounts(ReconciliationBreak.Builder proto, Difference difference) {
    Long bill = difference.billMinor();
    if (bill != null) {
      proto.setBillAmount(Amounts.cny(bill));
    }
    Long order = difference.orderMinor();
    if (order != null) {
      proto.setOrderAmount(Amounts.cny(order));
    }
    Long ledger = difference.ledgerMinor();
    if (ledger != null) {
      proto.setLedgerAmount(Amounts.cny(ledger));
    }
  }
}
