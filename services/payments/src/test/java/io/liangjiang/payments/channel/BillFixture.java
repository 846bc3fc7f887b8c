package io.liangjiang.payments.channel;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;

/** The two bills of a day as the channel writes them; what they say is the test's business. */
public final class BillFixture {
  private static final String TRADE_NAMES =
      "交易时间,公众账号ID,商户号,特约商户号,设备号,微信订单号,商户订单号,用户标识,交易类型,交易状态,付款银行,货币种类,"
          + "应结订单金额,代金券金额,微信退款单号,商户退款单号,退款金额,充值券退款金额,退款类型,退款状态,商品名称,商户数据包,"
          + "手续费,费率,订单金额,申请退款金额,费率备注";
  private static final String TRADE_TOTALS = "总交易单数,应结订单总金额,退款总金额,充值券退款总金额,手续费总金额,订单总金额,申请退款总金额";
  private static final String FLOW_NAMES =
      "记账时间,微信支付业务单号,资金流水单号,业务名称,业务类型,收支类型,收支金额(元),账户结余(元),资金变更提交申请人,备注,业务凭证号";
  private static final String FLOW_TOTALS = "资金流水总笔数,收入笔数,收入金额,支出笔数,支出金额";

  private final LocalDate day;
  private final List<String> trades = new ArrayList<>();
  private final List<String> flows = new ArrayList<>();
  private long paid;
  private long refunded;
  private long income;
  private long expense;

  public BillFixture(LocalDate day) {
    this.day = day;
  }

  /** A payment in both bills. */
  public BillFixture payment(String number, long minor) {
    return trade(number, minor).flow("交易", "收入", minor);
  }

  /** A payment in the trade bill alone. */
  public BillFixture trade(String number, long minor) {
    paid += minor;
    trades.add(line(number, "SUCCESS", minor, "0", "0", 0, ""));
    return this;
  }

  /** A refund in both bills. */
  public BillFixture refund(String number, String refundNumber, String state, long minor) {
    refunded += minor;
    trades.add(line(number, "REFUND", 0, "5030" + refundNumber, refundNumber, minor, state));
    return flow("退款", "支出", minor);
  }

  /** A fee that the channel keeps. */
  public BillFixture fee(long minor) {
    return flow("扣除交易手续费", "支出", minor);
  }

  /** A movement of the account. */
  public BillFixture flow(String type, String direction, long minor) {
    boolean in = direction.equals("收入");
    income += in ? minor : 0;
    expense += in ? 0 : minor;
    flows.add(
        fields(
            day + " 12:00:00",
            "4200",
            "77",
            "交易",
            type,
            direction,
            yuan(minor),
            "0.00",
            "system",
            "",
            "v"));
    return this;
  }

  public String tradeFile() {
    return file(
        TRADE_NAMES,
        trades,
        TRADE_TOTALS,
        fields(
            Integer.toString(trades.size()),
            yuan(paid),
            yuan(refunded),
            "0.00",
            "0.00000",
            yuan(paid),
            yuan(refunded)));
  }

  public String flowFile() {
    return file(
        FLOW_NAMES,
        flows,
        FLOW_TOTALS,
        fields(Integer.toString(flows.size()), "1", yuan(income), "1", yuan(expense)));
  }

  /** From now on the channel has these bills for the day. */
  public void publish(ScriptedChannel channel) {
    publish(channel, "tradebill?bill_date=", tradeFile(), sha1(tradeFile()));
    publish(channel, "fundflowbill?account_type=BASIC&bill_date=", flowFile(), sha1(flowFile()));
  }

  /** The same, with a hash of the trade bill that is not its own. */
  public void publishWithWrongHash(ScriptedChannel channel) {
    publish(channel);
    publish(channel, "tradebill?bill_date=", tradeFile(), sha1("something else"));
  }

  private void publish(ScriptedChannel channel, String path, String file, String sha1) {
    String address = "/v3/billdownload/file?token=" + path.substring(0, 5) + "-" + day;
    channel.answer(
        "GET /v3/bill/" + path + day,
        200,
        "{\"hash_type\":\"SHA1\",\"hash_value\":\"%s\",\"download_url\":\"https://api.mch.weixin.qq.com%s\"}"
            .formatted(sha1, address));
    channel.file(address, gzip(file));
  }

  @SuppressWarnings("checkstyle:ParameterNumber") // the columns that differ
  private String line(
      String number, String state, long minor, String id, String refund, long back, String result) {
    return fields(
        day + " 12:00:00",
        "wx0000000000000001",
        TestMerchant.ID,
        "0",
        "",
        "4200" + number,
        number,
        "o_payer",
        "JSAPI",
        state,
        "OTHERS",
        "CNY",
        yuan(minor),
        "0.00",
        id,
        refund,
        yuan(back),
        "0.00",
        back == 0 ? "" : "ORIGINAL",
        result,
        "天生三桥, 门票",
        "",
        "0.00000",
        "0.60%",
        yuan(minor),
        yuan(back),
        "");
  }

  private static String file(String names, List<String> lines, String totalNames, String totals) {
    List<String> all = new ArrayList<>(List.of("\uFEFF" + names));
    all.addAll(lines);
    all.add(totalNames);
    all.add(totals);
    return String.join("\r\n", all) + "\r\n";
  }

  private static String fields(String... values) {
    return "`" + String.join(",`", values);
  }

  private static String yuan(long minor) {
    return BigDecimal.valueOf(minor, 2).toPlainString();
  }

  private static String sha1(String file) {
    try {
      byte[] bytes = file.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(bytes));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] gzip(String file) {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(file.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return packed.toByteArray();
  }
}
