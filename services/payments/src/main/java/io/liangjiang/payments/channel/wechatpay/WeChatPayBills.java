package io.liangjiang.payments.channel.wechatpay;

import com.wechat.pay.java.service.billdownload.model.AccountType;
import com.wechat.pay.java.service.billdownload.model.BillType;
import com.wechat.pay.java.service.billdownload.model.GetFundFlowBillRequest;
import com.wechat.pay.java.service.billdownload.model.GetTradeBillRequest;
import com.wechat.pay.java.service.billdownload.model.QueryBillEntity;
import com.wechat.pay.java.service.billdownload.model.TarType;
import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.BillSource;
import io.liangjiang.payments.channel.wechatpay.WeChatPayCalls.Refused;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;

/**
 * Fetches the daily bills: applies for an address, downloads the packed file behind it, and
 * believes it under the hash that came, signed, with the address.
 */
final class WeChatPayBills implements BillSource {
  private static final int MAX_BYTES = 64 << 20;
  private static final Set<String> NONE_CODES = Set.of("NO_STATEMENT_EXIST", "STATEMENT_CREATING");

  private final MerchantAccount account;
  private final WeChatPaySdk sdk;
  private final WeChatPayCalls calls;

  WeChatPayBills(MerchantAccount account, WeChatPaySdk sdk, WeChatPayCalls calls) {
    this.account = account;
    this.sdk = sdk;
    this.calls = calls;
  }

  /** What came of it; a file that cannot be read is no failure of the call, which would repeat. */
  private record Fetched(Optional<DailyBill> bill, String problem) {}

  private record Hashed(String sha1, String text) {}

  @Override
  public Channel channel() {
    return account.channel();
  }

  @Override
  public Uni<Optional<DailyBill>> bill(LocalDate day) {
    return calls
        .call(() -> fetch(day))
        .map(WeChatPayBills::readable)
        .onFailure(Refused.class)
        .recoverWithItem(refused -> noneYet((Refused) refused));
  }

  private static Optional<DailyBill> readable(Fetched fetched) {
    if (!fetched.problem().isEmpty()) {
      throw new UnreadableBill(fetched.problem());
    }
    return fetched.bill();
  }

  private Optional<DailyBill> noneYet(Refused refused) {
    if (NONE_CODES.contains(refused.code())) {
      return Optional.empty();
    }
    throw new ServiceException(
            PaymentsReason.CHANNEL_NOT_ALLOWED, "The payment channel refuses the request")
        .with("channel", channel().name())
        .with("channelCode", refused.code());
  }

  private Fetched fetch(LocalDate day) {
    GetTradeBillRequest trade = new GetTradeBillRequest();
    trade.setBillDate(day.toString());
    trade.setBillType(BillType.ALL);
    trade.setTarType(TarType.GZIP);
    GetFundFlowBillRequest funds = new GetFundFlowBillRequest();
    funds.setBillDate(day.toString());
    funds.setAccountType(AccountType.BASIC);
    funds.setTarType(TarType.GZIP);
    try {
      Hashed tradeFile = download(sdk.bills().getTradeBill(trade));
      Hashed fundsFile = download(sdk.bills().getFundFlowBill(funds));
      return new Fetched(
          Optional.of(
              new DailyBill(
                  tradeFile.sha1(),
                  fundsFile.sha1(),
                  TradeBill.read(tradeFile.text(), account.merchantId(), day),
                  FundFlowBill.read(fundsFile.text()))),
          "");
    } catch (UnreadableBill e) {
      return new Fetched(Optional.empty(), String.valueOf(e.getMessage()));
    }
  }

  private Hashed download(QueryBillEntity entity) {
    byte[] file;
    try (InputStream packed = sdk.http().download(entity.getDownloadUrl());
        InputStream in = new GZIPInputStream(packed)) {
      file = in.readNBytes(MAX_BYTES + 1);
    } catch (java.util.zip.ZipException e) {
      throw new UnreadableBill("the file is not packed as it should be");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (file.length > MAX_BYTES) {
      throw new UnreadableBill("the file is larger than " + MAX_BYTES + " bytes");
    }
    String sha1 = sha1(file);
    if (!sha1.equals(entity.getHashValue().toLowerCase(Locale.ROOT))) {
      throw new UnreadableBill("the file has another hash than the channel said");
    }
    return new Hashed(sha1, new String(file, StandardCharsets.UTF_8));
  }

  private static String sha1(byte[] file) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(file));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("The JDK has no SHA-1", e);
    }
  }
}
