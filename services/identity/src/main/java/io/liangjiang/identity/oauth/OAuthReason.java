package io.liangjiang.identity.oauth;

import io.grpc.Status.Code;
import io.liangjiang.platform.errors.ErrorReason;
import java.util.Locale;

/** Why an endpoint of the protocol refuses; the error code is the name in lower case. */
public enum OAuthReason implements ErrorReason {
  /** The request is not one of the protocol. */
  INVALID_REQUEST(Code.INVALID_ARGUMENT, 400),
  /** The client is not known, or did not prove who it is. */
  INVALID_CLIENT(Code.UNAUTHENTICATED, 401),
  /** The code or refresh token is wrong, used, expired or another client's. */
  INVALID_GRANT(Code.INVALID_ARGUMENT, 400),
  /** The client may not do this. */
  UNAUTHORIZED_CLIENT(Code.PERMISSION_DENIED, 400),
  /** There is no such grant. */
  UNSUPPORTED_GRANT_TYPE(Code.INVALID_ARGUMENT, 400),
  /** Codes are the only answer. */
  UNSUPPORTED_RESPONSE_TYPE(Code.INVALID_ARGUMENT, 400),
  /** The client may not ask for the scope. */
  INVALID_SCOPE(Code.INVALID_ARGUMENT, 400),
  /** The client may not ask for tokens for this audience (RFC 8707). */
  INVALID_TARGET(Code.INVALID_ARGUMENT, 400),
  /** The citizen refused. */
  ACCESS_DENIED(Code.PERMISSION_DENIED, 400),
  /** The citizen has to be asked. */
  LOGIN_REQUIRED(Code.FAILED_PRECONDITION, 400),
  /** The citizen has not granted this. */
  CONSENT_REQUIRED(Code.FAILED_PRECONDITION, 400),
  /** The citizen has not proved what the client asks for. */
  UNMET_AUTHENTICATION_REQUIREMENTS(Code.FAILED_PRECONDITION, 400),
  /** Request objects are not taken. */
  REQUEST_NOT_SUPPORTED(Code.INVALID_ARGUMENT, 400),
  /** Request objects are not fetched. */
  REQUEST_URI_NOT_SUPPORTED(Code.INVALID_ARGUMENT, 400),
  /** The access token does not count, or not any more (RFC 6750). */
  INVALID_TOKEN(Code.UNAUTHENTICATED, 401),
  /** The access token does not carry what is needed (RFC 6750). */
  INSUFFICIENT_SCOPE(Code.PERMISSION_DENIED, 403);

  private final Code code;
  private final int httpStatus;

  OAuthReason(Code code, int httpStatus) {
    this.code = code;
    this.httpStatus = httpStatus;
  }

  @Override
  public Code code() {
    return code;
  }

  /** The HTTP status it is answered with. */
  public int httpStatus() {
    return httpStatus;
  }

  /** The error code of the protocol. */
  public String error() {
    return name().toLowerCase(Locale.ROOT);
  }
}
