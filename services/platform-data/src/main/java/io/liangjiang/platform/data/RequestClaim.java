package io.liangjiang.platform.data;

import com.google.protobuf.ByteString;
import com.google.protobuf.Message;
import io.liangjiang.platform.caller.Caller;
import io.liangjiang.platform.errors.Violations;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/**
 * A request that is to happen once.
 *
 * @param caller whose request ids are told apart from others'
 * @param type full name of the request's message
 * @param sha256 of its content
 */
public record RequestClaim(String caller, UUID requestId, String type, ByteString sha256) {
  /** Under what a request is known. */
  public record Key(String caller, UUID requestId) {}

  /** Errors: INVALID_REQUEST_ID. */
  public static RequestClaim of(Caller caller, String requestId, Message request) {
    return new RequestClaim(
        caller.requestScope(),
        Violations.requestId(requestId),
        request.getDescriptorForType().getFullName(),
        sha256(request.toByteArray()));
  }

  /** Under what it is known. */
  public Key key() {
    return new Key(caller, requestId);
  }

  private static ByteString sha256(byte[] bytes) {
    try {
      return ByteString.copyFrom(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
