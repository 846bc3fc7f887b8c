package io.liangjiang.platform.caller;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.errors.StatusTranslator;
import io.quarkus.grpc.GlobalInterceptor;
import jakarta.enterprise.context.ApplicationScoped;

/**
 * Verifies the token of every call and holds the caller against the contract's access option,
 * before the call's body is read.
 */
@ApplicationScoped
@GlobalInterceptor
public class CallerInterceptor implements ServerInterceptor {
  /** Where the token travels, as {@code Bearer <token>}. */
  public static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final String BEARER = "Bearer ";
  private static final String GRPC_OWN_PREFIX = "grpc.";

  private final TokenVerifier verifier;

  CallerInterceptor(TokenVerifier verifier) {
    this.verifier = verifier;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    var method = call.getMethodDescriptor();
    if (String.valueOf(method.getServiceName()).startsWith(GRPC_OWN_PREFIX)) {
      return next.startCall(call, headers); // health and reflection: gRPC's own
    }
    try {
      Caller caller = caller(headers.get(AUTHORIZATION));
      AccessRules.check(AccessRules.of(method), caller);
      return Contexts.interceptCall(
          Context.current().withValue(Caller.KEY, caller), call, headers, next);
    } catch (ServiceException refusal) {
      var status = StatusTranslator.translate(refusal);
      var trailers = status.getTrailers();
      call.close(status.getStatus(), trailers == null ? new Metadata() : trailers);
      return new ServerCall.Listener<>() {};
    }
  }

  private Caller caller(@org.jspecify.annotations.Nullable String authorization) {
    if (authorization == null) {
      return Caller.ANONYMOUS;
    }
    if (!authorization.startsWith(BEARER)) {
      throw new ServiceException(PlatformReason.UNAUTHENTICATED, "only Bearer tokens are accepted");
    }
    return verifier.verify(authorization.substring(BEARER.length()));
  }
}
