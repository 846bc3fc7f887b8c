package io.liangjiang.platform.calls;

import io.grpc.Metadata;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.caller.CallerInterceptor;
import io.quarkus.grpc.GrpcClientUtils;

/** Calls in a citizen's name. */
public final class OnBehalfOf {
  private OnBehalfOf() {}

  /** The same stub, sending the citizen's token where this service's own would go. */
  public static <S> S citizen(S stub, Caller caller) {
    return withToken(stub, caller.token());
  }

  /** The same stub, sending the given token. */
  public static <S> S withToken(S stub, String token) {
    var headers = new Metadata();
    headers.put(CallerInterceptor.AUTHORIZATION, "Bearer " + token);
    return GrpcClientUtils.attachHeaders(stub, headers);
  }
}
