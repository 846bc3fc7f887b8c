package io.liangjiang.sandbox.channel;

import java.util.regex.Pattern;

/** Checks of a request's fields, after the limits that the channel publishes. */
final class Fields {
  private static final Pattern TRADE_NO = Pattern.compile("[0-9A-Za-z_*|-]{6,32}");
  private static final Pattern REFUND_NO = Pattern.compile("[0-9A-Za-z_|*@-]{1,64}");
  private static final Pattern ADDRESS = Pattern.compile("https?://[^?#\\s]{1,247}");

  private Fields() {}

  static String text(String value, int maxLength, String field) {
    if (value == null || value.isEmpty() || value.length() > maxLength) {
      throw ChannelErrors.parameter(field + " must be 1 to " + maxLength + " characters");
    }
    return value;
  }

  static String optionalText(String value, int maxLength, String field) {
    return value == null ? null : text(value, maxLength, field);
  }

  static String tradeNo(String value) {
    return match(TRADE_NO, value, "out_trade_no must be 6 to 32 of 0-9 A-Z a-z _ - | *");
  }

  static String refundNo(String value) {
    return match(REFUND_NO, value, "out_refund_no must be 1 to 64 of 0-9 A-Z a-z _ - | * @");
  }

  static String address(String value) {
    return match(
        ADDRESS, value, "notify_url must be an absolute address of at most 255, without query");
  }

  static long amount(Long fen, String field) {
    if (fen == null || fen < 1) {
      throw ChannelErrors.parameter(field + " must be at least 1 fen");
    }
    return fen;
  }

  static void currency(String currency) {
    if (currency != null && !currency.equals("CNY")) {
      throw ChannelErrors.parameter("currency must be CNY");
    }
  }

  static void same(String expected, String given, String field) {
    if (!expected.equals(given)) {
      throw ChannelErrors.parameter(field + " does not fit the merchant");
    }
  }

  private static String match(Pattern pattern, String value, String message) {
    if (value == null || !pattern.matcher(value).matches()) {
      throw ChannelErrors.parameter(message);
    }
    return value;
  }
}
