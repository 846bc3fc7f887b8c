package io.liangjiang.sandbox.channel;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The Authorization header of a signed request. */
record Authorization(
    String merchantId, String nonce, long timestamp, String serial, String signature) {
  private static final String SCHEME = "WECHATPAY2-SHA256-RSA2048 ";
  private static final Pattern PARAMETER = Pattern.compile("([a-z_]+)=\"([^\"]*)\"");
  private static final Pattern DIGITS = Pattern.compile("[0-9]{1,12}");

  /** Reads the header. Errors: SIGN_ERROR that names what is missing. */
  static Authorization parse(String header) {
    if (header == null || !header.startsWith(SCHEME)) {
      throw ChannelErrors.sign("Authorization must start with " + SCHEME.strip());
    }
    Map<String, String> parameters = new HashMap<>();
    Matcher matcher = PARAMETER.matcher(header.substring(SCHEME.length()));
    while (matcher.find()) {
      parameters.put(matcher.group(1), matcher.group(2));
    }
    String timestamp = require(parameters, "timestamp");
    if (!DIGITS.matcher(timestamp).matches()) {
      throw ChannelErrors.sign("timestamp must be seconds since 1970");
    }
    return new Authorization(
        require(parameters, "mchid"),
        require(parameters, "nonce_str"),
        Long.parseLong(timestamp),
        require(parameters, "serial_no"),
        require(parameters, "signature"));
  }

  /** The five lines that are signed. */
  String message(String method, String pathAndQuery, String body) {
    return method + "\n" + pathAndQuery + "\n" + timestamp + "\n" + nonce + "\n" + body + "\n";
  }

  private static String require(Map<String, String> parameters, String name) {
    String value = parameters.get(name);
    if (value == null || value.isEmpty()) {
      throw ChannelErrors.sign("Authorization has no " + name);
    }
    return value;
  }
}
