package io.liangjiang.gateway.call;

import com.google.protobuf.Message;

/**
 * Takes what comes of a call; exactly one of the two is called, once, unless the call is cancelled.
 */
public interface Answer {
  /** The service's answer. */
  void succeeded(Message message);

  /**
   * The service's refusal or a failure on the way, usually a StatusRuntimeException with trailers.
   */
  void failed(Throwable failure);
}
