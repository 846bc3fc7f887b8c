package io.liangjiang.sandbox.channel;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import java.util.List;
import java.util.regex.Pattern;

/** Places an order of insurance and cash: {@code POST /v3/med-ins/orders}. Amounts in fen. */
@JsonNaming(SnakeCaseStrategy.class)
@JsonIgnoreProperties(ignoreUnknown = true)
@RegisterForReflection
record MixedOrderRequest(
    String mixPayType,
    String orderType,
    String appid,
    String openid,
    String outTradeNo,
    String serialNo,
    String payOrderId,
    String payAuthNo,
    String cityId,
    String medInstName,
    String medInstNo,
    String medInsOrderCreateTime,
    Long totalFee,
    Long medInsGovFee,
    Long medInsSelfFee,
    Long medInsOtherFee,
    Long medInsCashFee,
    Long wechatPayCashFee,
    List<CashAdd> cashAddDetail,
    List<CashReduce> cashReduceDetail,
    String callbackUrl,
    String prepayId) {
  private static final Pattern CITY = Pattern.compile("[0-9]{6}");
  private static final Pattern INSTITUTION = Pattern.compile("H[0-9]{11}");
  private static final int MAX_NAME = 128;
  private static final int MAX_NUMBER = 64;

  /** What is paid in cash beside the bill that the bureau saw, for example a delivery. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonIgnoreProperties(ignoreUnknown = true)
  record CashAdd(Long cashAddFee, String cashAddType) {}

  /** What the hospital takes off the cash part. */
  @JsonNaming(SnakeCaseStrategy.class)
  @JsonIgnoreProperties(ignoreUnknown = true)
  record CashReduce(Long cashReduceFee, String cashReduceType) {}

  boolean hasCash() {
    return !mixPayType.equals("INSURANCE_ONLY");
  }

  boolean hasInsurance() {
    return !mixPayType.equals("CASH_ONLY");
  }

  /** Errors: PARAM_ERROR, and INVALID_REQUEST when the amounts do not add up. */
  void validate(String ownAppId) {
    requireOneOf(mixPayType, "mix_pay_type", "CASH_ONLY", "INSURANCE_ONLY", "CASH_AND_INSURANCE");
    requireOneOf(orderType, "order_type", "REG_PAY", "DIAG_PAY", "IN_HOSP_PAY", "PHARMACY_PAY");
    Fields.same(ownAppId, appid, "appid");
    Fields.text(openid, MAX_NAME, "openid");
    Fields.tradeNo(outTradeNo);
    Fields.text(serialNo, MAX_NUMBER, "serial_no");
    require(cityId != null && CITY.matcher(cityId).matches(), "city_id");
    Fields.text(medInstName, MAX_NAME, "med_inst_name");
    require(medInstNo != null && INSTITUTION.matcher(medInstNo).matches(), "med_inst_no");
    ChannelTime.parse(medInsOrderCreateTime, "med_ins_order_create_time");
    Fields.address(callbackUrl);
    if (hasInsurance()) {
      Fields.text(payOrderId, MAX_NUMBER, "pay_order_id");
      Fields.text(payAuthNo, MAX_NUMBER, "pay_auth_no");
    }
    require(hasCash() == (prepayId != null), "prepay_id");
    validateAmounts();
  }

  private void validateAmounts() {
    Fields.amount(totalFee, "total_fee");
    long gov = orZero(medInsGovFee);
    long self = orZero(medInsSelfFee);
    long other = orZero(medInsOtherFee);
    long cash = orZero(wechatPayCashFee);
    long added = sum(all(cashAddDetail).stream().map(CashAdd::cashAddFee).toList());
    long reduced = sum(all(cashReduceDetail).stream().map(CashReduce::cashReduceFee).toList());
    require(hasCash() == cash > 0, "wechat_pay_cash_fee");
    require(hasInsurance() == gov + self + other > 0, "med_ins_gov_fee");
    if (totalFee != gov + self + other + cash + reduced) {
      throw ChannelErrors.invalid("total_fee is not the sum of its parts");
    }
    if (cash != orZero(medInsCashFee) + added - reduced) {
      throw ChannelErrors.invalid("wechat_pay_cash_fee is not cash + added - reduced");
    }
  }

  private static <T> List<T> all(List<T> list) {
    return list == null ? List.of() : list;
  }

  private static long sum(List<Long> amounts) {
    return amounts.stream().mapToLong(fen -> Fields.amount(fen, "cash detail")).sum();
  }

  private static long orZero(Long fen) {
    if (fen != null && fen < 0) {
      throw ChannelErrors.parameter("amounts must not be below 0");
    }
    return fen == null ? 0 : fen;
  }

  private static void require(boolean ok, String field) {
    if (!ok) {
      throw ChannelErrors.parameter(field + " is missing or does not fit");
    }
  }

  private static void requireOneOf(String value, String field, String... values) {
    require(value != null && List.of(values).contains(value), field);
  }
}
