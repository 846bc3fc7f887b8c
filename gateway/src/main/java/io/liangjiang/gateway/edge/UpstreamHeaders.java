package io.liangjiang.gateway.edge;

import io.grpc.Metadata;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.caller.CallerInterceptor;
import io.vertx.core.http.HttpServerRequest;
import org.jspecify.annotations.Nullable;

/**
 * What a service is told beside the request: in whose name, from where, and to which trace it
 * belongs.
 */
final class UpstreamHeaders {
  private static final Metadata.Key<String> REQUEST_ID = key(Exchange.REQUEST_ID);
  private static final Metadata.Key<String> CLIENT_ADDRESS = key("x-client-address");
  private static final Metadata.Key<String> TRACE_PARENT = key("traceparent");
  private static final Metadata.Key<String> TRACE_STATE = key("tracestate");

  private UpstreamHeaders() {}

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  static Metadata of(Exchange exchange, Caller caller) {
    HttpServerRequest request = exchange.request();
    var headers = new Metadata();
    headers.put(REQUEST_ID, exchange.id());
    if (!caller.isAnonymous()) {
      headers.put(CallerInterceptor.AUTHORIZATION, "Bearer " + caller.token());
    }
    var address = request.remoteAddress();
    if (address != null) {
      putIfText(headers, CLIENT_ADDRESS, address.hostAddress());
    }
    putIfText(headers, TRACE_PARENT, request.getHeader("traceparent"));
    putIfText(headers, TRACE_STATE, request.getHeader("tracestate"));
    return headers;
  }

  private static void putIfText(
      Metadata headers, Metadata.Key<String> key, @Nullable String value) {
    if (value != null && value.chars().allMatch(c -> c >= ' ' && c < 127)) {
      headers.put(key, value);
    }
  }
}
