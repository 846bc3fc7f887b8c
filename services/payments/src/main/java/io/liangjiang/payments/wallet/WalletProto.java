package io.liangjiang.payments.wallet;

import io.liangjiang.payments.collect.ChannelPayment;
import io.liangjiang.payments.ledger.Amounts;
import io.liangjiang.payments.ledger.LedgerAccount;
import io.liangjiang.payments.v1.ListMyWalletEntriesResponse;
import io.liangjiang.payments.v1.TopUp;
import io.liangjiang.payments.v1.Wallet;
import io.liangjiang.payments.v1.WalletEntry;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import java.util.UUID;

/** Between the wallet's records and its contract. */
final class WalletProto {
  private WalletProto() {}

  static Wallet wallet(CitizenWallet wallet, LedgerAccount account) {
    return Wallet.newBuilder()
        .setWalletId(wallet.walletId().toString())
        .setBalance(Amounts.cny(account.balanceMinor()))
        .setCreateTime(ProtoTime.timestamp(wallet.createTime()))
        .build();
  }

  static ListMyWalletEntriesResponse entries(Page.Cut<Entry> cut) {
    return ListMyWalletEntriesResponse.newBuilder()
        .addAllEntries(cut.items().stream().map(WalletProto::entry).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  static TopUp topUp(ChannelPayment payment) {
    return TopUp.newBuilder()
        .setTopUpId(payment.id().toString())
        .setAmount(Amounts.cny(payment.amountMinor()))
        .setChannel(payment.channel())
        .setState(state(payment.state()))
        .putAllPayParameters(payment.payParameters())
        .setCreateTime(ProtoTime.timestamp(payment.createTime()))
        .setExpireTime(ProtoTime.timestamp(payment.expireTime()))
        .build();
  }

  private static TopUp.State state(ChannelPayment.State state) {
    return switch (state) {
      case PENDING, DISPUTED -> TopUp.State.PENDING;
      case SUCCEEDED -> TopUp.State.SUCCEEDED;
      case CLOSED -> TopUp.State.CLOSED;
    };
  }

  private static WalletEntry entry(Entry entry) {
    var proto =
        WalletEntry.newBuilder()
            .setTransferId(entry.transferId().toString())
            .setKind(entry.kind())
            .setAmount(Amounts.cny(entry.amountMinor()))
            .setReferenceId(entry.referenceId().toString())
            .setCreateTime(ProtoTime.timestamp(entry.createTime()));
    UUID delegateId = entry.delegateId();
    return delegateId == null
        ? proto.build()
        : proto.setDelegateCitizenId(delegateId.toString()).build();
  }
}
