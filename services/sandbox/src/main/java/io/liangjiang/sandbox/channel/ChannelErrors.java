package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.SandboxException;

/** The channel's errors with the codes and statuses of the real one. */
final class ChannelErrors {
  private ChannelErrors() {}

  static SandboxException sign(String why) {
    return new SandboxException(401, "SIGN_ERROR", "签名错误: " + why);
  }

  static SandboxException parameter(String why) {
    return new SandboxException(400, "PARAM_ERROR", "参数错误: " + why);
  }

  static SandboxException invalid(String why) {
    return new SandboxException(400, "INVALID_REQUEST", why);
  }

  static SandboxException orderPaid() {
    return new SandboxException(400, "ORDERPAID", "该订单已支付");
  }

  static SandboxException orderClosed() {
    return new SandboxException(400, "ORDER_CLOSED", "该订单已关闭");
  }

  static SandboxException orderUnknown() {
    return new SandboxException(404, "ORDER_NOT_EXIST", "订单不存在");
  }

  static SandboxException tradeNoUsed() {
    return new SandboxException(403, "OUT_TRADE_NO_USED", "商户订单号重复");
  }

  static SandboxException refundUnknown() {
    return new SandboxException(404, "RESOURCE_NOT_EXISTS", "退款单不存在");
  }

  static SandboxException noBill() {
    return new SandboxException(400, "NO_STATEMENT_EXIST", "账单文件不存在");
  }

  static SandboxException system() {
    return new SandboxException(500, "SYSTEM_ERROR", "系统异常，请稍后重试");
  }
}
