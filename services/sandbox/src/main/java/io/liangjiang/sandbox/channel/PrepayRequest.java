package io.liangjiang.sandbox.channel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;

/** Asks for money: {@code POST /v3/pay/transactions/jsapi}. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@RegisterForReflection
record PrepayRequest(
    String appid,
    String mchid,
    String description,
    String outTradeNo,
    String timeExpire,
    String attach,
    String notifyUrl,
    Amount amount,
    Payer payer) {
  private static final int MAX_DESCRIPTION = 127;
  private static final int MAX_ATTACH = 128;
  private static final int MAX_OPEN_ID = 128;

  /** How much, in fen. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Amount(Long total, String currency) {}

  /** Who pays. */
  @JsonIgnoreProperties(ignoreUnknown = true)
  record Payer(String openid) {}

  /** Errors: PARAM_ERROR. */
  void validate(String appId, String merchantId) {
    Fields.same(appId, appid, "appid");
    Fields.same(merchantId, mchid, "mchid");
    Fields.text(description, MAX_DESCRIPTION, "description");
    Fields.tradeNo(outTradeNo);
    Fields.optionalText(attach, MAX_ATTACH, "attach");
    Fields.address(notifyUrl);
    Fields.amount(amount == null ? null : amount.total, "amount.total");
    Fields.currency(amount.currency);
    Fields.text(payer == null ? null : payer.openid, MAX_OPEN_ID, "payer.openid");
  }
}
