package io.liangjiang.identity.method;

import io.liangjiang.identity.passkey.Passkeys;
import io.liangjiang.identity.v1.ListSignInMethodsResponse;
import io.liangjiang.identity.v1.PasskeyChallenge;
import io.liangjiang.identity.v1.SignInMethod;
import io.liangjiang.identity.v1.SignInMethodKind;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.time.ProtoTime;
import java.time.Instant;

/** Ways to sign in as the wire has them. */
final class MethodProto {
  private MethodProto() {}

  static SignInMethod method(Method method) {
    var proto =
        SignInMethod.newBuilder()
            .setSignInMethodId(method.id().toString())
            .setKind(SignInMethodKind.valueOf(method.kind().name()))
            .setLabel(method.label())
            .setCreateTime(ProtoTime.timestamp(method.createTime()));
    Instant lastUse = method.lastUseTime();
    if (lastUse != null) {
      proto.setLastUseTime(ProtoTime.timestamp(lastUse));
    }
    return proto.build();
  }

  static ListSignInMethodsResponse list(Page.Cut<Method> cut) {
    return ListSignInMethodsResponse.newBuilder()
        .addAllSignInMethods(cut.items().stream().map(MethodProto::method).toList())
        .setNextPageToken(cut.nextPageToken())
        .build();
  }

  static PasskeyChallenge challenge(Passkeys.Challenge challenge) {
    return PasskeyChallenge.newBuilder()
        .setChallengeId(challenge.id().toString())
        .setOptionsJson(challenge.optionsJson())
        .setExpireTime(ProtoTime.timestamp(challenge.expireTime()))
        .build();
  }
}
