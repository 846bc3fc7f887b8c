package io.liangjiang.identity.oauth;

import com.nimbusds.oauth2.sdk.ErrorObject;
import com.nimbusds.oauth2.sdk.OAuth2Error;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.TokenErrorResponse;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.grpc.Status.Code;
import io.liangjiang.platform.errors.ServiceException;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Failures as the protocol tells them. */
public final class OAuthErrors {
  private static final Logger LOG = Logger.getLogger(OAuthErrors.class);
  private static final int TOO_MANY_REQUESTS = 429;
  private static final int AWAY = 503;

  private OAuthErrors() {}

  /** A refusal with the reason's error code. */
  public static ServiceException refuse(OAuthReason reason, String description) {
    return new ServiceException(reason, description);
  }

  /** The refusal of a message that the protocol library could not read. */
  public static ServiceException unreadable(ParseException e) {
    ErrorObject error = e.getErrorObject();
    OAuthReason reason = OAuthReason.INVALID_REQUEST;
    for (OAuthReason each : OAuthReason.values()) {
      if (error != null && each.error().equals(error.getCode())) {
        reason = each;
      }
    }
    return refuse(reason, ErrorObject.removeIllegalChars(String.valueOf(e.getMessage())));
  }

  /** The error of a failure; what nobody foresaw is logged once and told to nobody. */
  public static ErrorObject error(Throwable failure) {
    if (failure instanceof ParseException e) {
      return error(unreadable(e));
    }
    if (!(failure instanceof ServiceException refusal)) {
      LOG.error("a request of the protocol failed", failure);
      return OAuth2Error.SERVER_ERROR.setDescription(null);
    }
    String description = ErrorObject.removeIllegalChars(String.valueOf(refusal.getMessage()));
    if (refusal.reason() instanceof OAuthReason reason) {
      return new ErrorObject(reason.error(), description, reason.httpStatus());
    }
    Code code = refusal.reason().code();
    if (code == Code.RESOURCE_EXHAUSTED || code == Code.UNAVAILABLE) {
      return OAuth2Error.TEMPORARILY_UNAVAILABLE
          .setDescription(description)
          .setHTTPStatusCode(code == Code.UNAVAILABLE ? AWAY : TOO_MANY_REQUESTS);
    }
    if (code == Code.INTERNAL) {
      return OAuth2Error.SERVER_ERROR.setDescription(null);
    }
    // A refusal of the city's own, for example of a refresh token.
    return OAuth2Error.INVALID_GRANT.setDescription(description);
  }

  /** The answer of an endpoint that speaks JSON. */
  public static HTTPResponse response(Throwable failure) {
    HTTPResponse response = new TokenErrorResponse(error(failure)).toHTTPResponse();
    Duration delay = failure instanceof ServiceException refusal ? refusal.retryDelay() : null;
    if (delay != null) {
      response.setHeader("Retry-After", Long.toString(Math.max(1, delay.toSeconds())));
    }
    return response;
  }
}
