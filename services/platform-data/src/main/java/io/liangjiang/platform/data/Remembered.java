package io.liangjiang.platform.data;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;

/**
 * What is known of a request that happened.
 *
 * @param type full name of the request's message
 * @param sha256 of its content
 * @param answer the first one
 */
public record Remembered(String type, ByteString sha256, ByteString answer) {
  /** The first answer. Errors: REQUEST_ID_REUSED for another request under the same id. */
  public <R extends Message> R answerTo(RequestClaim claim, R defaultResponse) {
    if (!type.equals(claim.type()) || !sha256.equals(claim.sha256())) {
      throw reused();
    }
    return parse(answer, defaultResponse);
  }

  /** The refusal of another request under a used id. */
  public static ServiceException reused() {
    return new ServiceException(
        PlatformReason.REQUEST_ID_REUSED, "the request id was used for another request");
  }

  @SuppressWarnings("unchecked") // a parser of R's own type yields R
  private static <R extends Message> R parse(ByteString bytes, R defaultResponse) {
    try {
      return (R) defaultResponse.getParserForType().parseFrom(bytes);
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalStateException("a stored answer cannot be read", e);
    }
  }
}
