package io.liangjiang.sandbox.channel;

import io.liangjiang.sandbox.miniprogram.IssuedOpenIds;
import jakarta.inject.Singleton;

/** Who can pay: only whom the app's login server knows. */
@Singleton
final class Payers {
  private final IssuedOpenIds openIds;

  Payers(IssuedOpenIds openIds) {
    this.openIds = openIds;
  }

  /** Errors: PARAM_ERROR for an openid that was never given out in that app. */
  void require(String appId, String openId) {
    if (!openIds.isIssued(appId, openId)) {
      throw ChannelErrors.parameter("无效的openid");
    }
  }
}
