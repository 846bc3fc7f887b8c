package io.liangjiang.payments.channel.wechatpay;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.wechat.pay.java.core.exception.MalformedMessageException;
import com.wechat.pay.java.core.http.Constant;
import com.wechat.pay.java.core.http.HttpHeaders;
import com.wechat.pay.java.core.http.JsonRequestBody;
import com.wechat.pay.java.core.http.MediaType;
import io.liangjiang.payments.PaymentsReason;
import io.liangjiang.payments.channel.MixedFees;
import io.liangjiang.payments.channel.MixedOrders;
import io.liangjiang.payments.channel.wechatpay.WeChatPayCalls.Refused;
import io.liangjiang.payments.v1.Channel;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import java.util.Locale;

/**
 * Orders of insurance and cash ({@code /v3/med-ins/orders}). The official SDK has no class for
 * them; its HTTP client signs and checks all the same.
 */
final class WeChatPayMixedOrders implements MixedOrders {
  private static final String URL = "https://api.mch.weixin.qq.com/v3/med-ins/orders";
  private static final int NOT_FOUND = 404;

  private final MerchantAccount account;
  private final WeChatPaySdk sdk;
  private final WeChatPayCalls calls;
  private final String cityId;

  WeChatPayMixedOrders(
      MerchantAccount account, WeChatPaySdk sdk, WeChatPayCalls calls, String cityId) {
    this.account = account;
    this.sdk = sdk;
    this.calls = calls;
    this.cityId = cityId;
  }

  @Override
  public Channel channel() {
    return account.channel();
  }

  @Override
  public Uni<Void> place(MixedOrder order) {
    String body = request(order).toString();
    return calls
        .call(() -> state(post(body), order.outTradeNo()))
        .onFailure(Refused.class)
        .transform(refused -> notAllowed((Refused) refused))
        .replaceWithVoid();
  }

  @Override
  public Uni<MixedState> query(String outTradeNo) {
    return calls
        .call(() -> state(get(URL + "/out-trade-no/" + outTradeNo), outTradeNo))
        .onFailure(Refused.class)
        .recoverWithUni(refused -> Uni.createFrom().item(() -> unknown((Refused) refused)));
  }

  private JsonObject post(String body) {
    HttpHeaders headers = new HttpHeaders();
    headers.addHeader(Constant.ACCEPT, MediaType.APPLICATION_JSON.getValue());
    headers.addHeader(Constant.CONTENT_TYPE, MediaType.APPLICATION_JSON.getValue());
    var content = new JsonRequestBody.Builder().body(body).build();
    return sdk.http().post(headers, URL, content, JsonObject.class).getServiceResponse();
  }

  private JsonObject get(String url) {
    HttpHeaders headers = new HttpHeaders();
    headers.addHeader(Constant.ACCEPT, MediaType.APPLICATION_JSON.getValue());
    return sdk.http().get(headers, url, JsonObject.class).getServiceResponse();
  }

  private JsonObject request(MixedOrder order) {
    MixedFees fees = order.fees();
    boolean cash = fees.wechatPayCashMinor() > 0;
    var request = new JsonObject();
    request.addProperty("mix_pay_type", cash ? "CASH_AND_INSURANCE" : "INSURANCE_ONLY");
    request.addProperty("order_type", "REG_PAY");
    request.addProperty("appid", account.appId());
    request.addProperty("openid", order.payerOpenId());
    request.addProperty("out_trade_no", order.outTradeNo());
    request.addProperty("serial_no", order.outTradeNo());
    request.addProperty("pay_order_id", order.insured().payOrderId());
    request.addProperty("pay_auth_no", order.insured().authorization());
    request.addProperty("city_id", cityId);
    request.addProperty("med_inst_name", order.institution().name());
    request.addProperty("med_inst_no", order.institution().number());
    request.addProperty("med_ins_order_create_time", WeChatPayMessages.format(order.createTime()));
    request.addProperty("total_fee", fees.totalMinor());
    request.addProperty("med_ins_gov_fee", fees.fundMinor());
    request.addProperty("med_ins_self_fee", fees.accountMinor());
    request.addProperty("med_ins_other_fee", fees.otherMinor());
    request.addProperty("med_ins_cash_fee", fees.cashMinor());
    request.addProperty("wechat_pay_cash_fee", fees.wechatPayCashMinor());
    addDetail(request, "cash_add", fees.addedMinor());
    addDetail(request, "cash_reduce", fees.reducedMinor());
    request.addProperty("callback_url", account.notifyUrl());
    if (cash) {
      request.addProperty("prepay_id", order.prepayId());
    }
    return request;
  }

  private static void addDetail(JsonObject request, String name, long feeMinor) {
    if (feeMinor > 0) {
      var detail = new JsonObject();
      detail.addProperty(name + "_fee", feeMinor);
      detail.addProperty(name + "_type", "DEFAULT_" + name.toUpperCase(Locale.ROOT) + "_TYPE");
      var details = new JsonArray();
      details.add(detail);
      request.add(name + "_detail", details);
    }
  }

  private static MixedState state(JsonObject said, String outTradeNo) {
    if (!outTradeNo.equals(text(said, "out_trade_no"))) {
      throw new MalformedMessageException("The answer is about something else");
    }
    return new MixedState(
        true, part(text(said, "self_pay_status")), part(text(said, "med_ins_pay_status")));
  }

  /** SELF_PAY_SUCCESS, MED_INS_PAY_FAIL, NO_SELF_PAY, ...: the last word, or none. */
  private static Part part(String status) {
    if (status.startsWith("NO_")) {
      return Part.NONE;
    }
    return switch (status.substring(status.lastIndexOf('_') + 1)) {
      case "CREATED" -> Part.CREATED;
      case "SUCCESS", "REFUND" -> Part.SUCCESS;
      case "FAIL" -> Part.FAILED;
      default -> throw new MalformedMessageException("No state of a part: " + status);
    };
  }

  private MixedState unknown(Refused refused) {
    if (refused.status() != NOT_FOUND) {
      throw notAllowed(refused);
    }
    return new MixedState(false, Part.NONE, Part.NONE);
  }

  private ServiceException notAllowed(Refused refused) {
    return new ServiceException(
            PaymentsReason.CHANNEL_NOT_ALLOWED, "The payment channel refuses the request")
        .with("channel", channel().name())
        .with("channelCode", refused.code());
  }

  private static String text(JsonObject json, String field) {
    JsonElement value = json.get(field);
    return value != null && value.isJsonPrimitive() ? value.getAsString() : "";
  }
}
