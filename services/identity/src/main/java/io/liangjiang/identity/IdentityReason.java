package io.liangjiang.identity;

import io.grpc.Status.Code;
import io.liangjiang.platform.errors.ErrorReason;

/** Why identity refuses a request; listed in the service's README. */
public enum IdentityReason implements ErrorReason {
  /** No mini-program is registered under the app id. */
  APP_NOT_FOUND(Code.NOT_FOUND),
  /** The sign-in code is unknown, expired or used. */
  INVALID_JS_CODE(Code.INVALID_ARGUMENT),
  /** The phone code is unknown, expired or used. */
  INVALID_PHONE_CODE(Code.INVALID_ARGUMENT),
  /** The SMS code is wrong, expired or used, or was guessed at too often. */
  INVALID_SMS_CODE(Code.INVALID_ARGUMENT),
  /** What a device answered does not prove a passkey. */
  INVALID_PASSKEY(Code.INVALID_ARGUMENT),
  /** The passkey's challenge is unknown, over, used or somebody else's. */
  INVALID_PASSKEY_CHALLENGE(Code.INVALID_ARGUMENT),
  /** The passkey's counter went back: somebody has a copy. */
  PASSKEY_COPIED(Code.PERMISSION_DENIED),
  /** The city has no domain for passkeys. */
  PASSKEYS_NOT_SET_UP(Code.FAILED_PRECONDITION),
  /** The city has no provider that compares faces. */
  FACE_VERIFICATION_NOT_SET_UP(Code.FAILED_PRECONDITION),
  /** There is no consent to face verification alone. */
  FACE_CONSENT_REQUIRED(Code.FAILED_PRECONDITION),
  /** The caller has no such face verification under way. */
  FACE_VERIFICATION_NOT_FOUND(Code.NOT_FOUND),
  /** The camera has seen nobody yet. */
  FACE_NOT_SHOWN(Code.FAILED_PRECONDITION),
  /** The camera saw another face. */
  FACE_MISMATCH(Code.FAILED_PRECONDITION),
  /** The face provider did not answer in time, or not sensibly. */
  FACE_PROVIDER_UNAVAILABLE(Code.UNAVAILABLE),
  /** The last proof of who the caller is was more than 5 minutes ago. */
  STEP_UP_REQUIRED(Code.PERMISSION_DENIED),
  /** The proof opens no account, or another one. */
  STEP_UP_REFUSED(Code.PERMISSION_DENIED),
  /** The way to sign in opens another account. */
  SIGN_IN_METHOD_TAKEN(Code.ALREADY_EXISTS),
  /** The caller has no such way to sign in. */
  SIGN_IN_METHOD_NOT_FOUND(Code.NOT_FOUND),
  /** Nobody could sign in to the account any more. */
  LAST_SIGN_IN_METHOD(Code.FAILED_PRECONDITION),
  /** An account has at most 20 ways to sign in. */
  TOO_MANY_SIGN_IN_METHODS(Code.FAILED_PRECONDITION),
  /** The SMS could not be sent. */
  SMS_PROVIDER_UNAVAILABLE(Code.UNAVAILABLE),
  /** The super-app's server did not answer in time, or not sensibly. */
  SIGN_IN_PROVIDER_UNAVAILABLE(Code.UNAVAILABLE),
  /** The super-app keeps this user from signing in to any mini-program. */
  SIGN_IN_BLOCKED(Code.PERMISSION_DENIED),
  /** No staff member has this name and password. */
  INVALID_CREDENTIALS(Code.UNAUTHENTICATED),
  /** A limit by account or by address is reached; RetryInfo says when it opens again. */
  TOO_MANY_ATTEMPTS(Code.RESOURCE_EXHAUSTED),
  /** The refresh token was never given out, or is too old to be known. */
  INVALID_REFRESH_TOKEN(Code.UNAUTHENTICATED),
  /** The refresh token was not used in time, or its session came to its end. */
  REFRESH_TOKEN_EXPIRED(Code.UNAUTHENTICATED),
  /**
   * The refresh token was used before, longer ago than the grace window: its session is revoked.
   */
  REFRESH_TOKEN_REUSED(Code.UNAUTHENTICATED),
  /** The session was ended. */
  SESSION_REVOKED(Code.UNAUTHENTICATED),
  /** The caller has no such session. */
  SESSION_NOT_FOUND(Code.NOT_FOUND),
  /** The token names a citizen that this city does not have. */
  CITIZEN_NOT_FOUND(Code.NOT_FOUND),
  /** The citizen has never signed in from that mini-program. */
  SUPER_APP_NOT_LINKED(Code.FAILED_PRECONDITION),
  /** The identification number breaks GB 11643. */
  INVALID_ID_NUMBER(Code.INVALID_ARGUMENT),
  /** The bureau knows the number under another name. */
  REAL_NAME_MISMATCH(Code.FAILED_PRECONDITION),
  /** The bureau does not know the number. */
  REAL_NAME_UNKNOWN(Code.FAILED_PRECONDITION),
  /** Another account has proved this number. */
  ID_NUMBER_TAKEN(Code.ALREADY_EXISTS),
  /** The caller has proved another name or number before. */
  ALREADY_VERIFIED(Code.FAILED_PRECONDITION),
  /** The bureau did not answer in time, or not sensibly. */
  REAL_NAME_BUREAU_UNAVAILABLE(Code.UNAVAILABLE),
  /** A family has at most 20 dependants. */
  TOO_MANY_DEPENDANTS(Code.FAILED_PRECONDITION),
  /** The child is of age: nobody acts for it as for somebody without an account. */
  DEPENDANT_OF_AGE(Code.FAILED_PRECONDITION),
  /** The caller has proved to be a parent of the child's own account. */
  DEPENDANT_HAS_ACCOUNT(Code.FAILED_PRECONDITION),
  /** The citizen has no such dependant. */
  DEPENDANT_NOT_FOUND(Code.NOT_FOUND),
  /** No offer can be accepted with the code: it never was, was used, is too old or withdrawn. */
  INVITATION_NOT_FOUND(Code.NOT_FOUND),
  /** Nobody becomes their own delegate. */
  OWN_INVITATION(Code.FAILED_PRECONDITION),
  /** The citizen neither gave nor holds such a delegation. */
  DELEGATION_NOT_FOUND(Code.NOT_FOUND),
  /** The delegation is over. */
  DELEGATION_ENDED(Code.FAILED_PRECONDITION),
  /** The delegation has not begun. */
  DELEGATION_NOT_STARTED(Code.FAILED_PRECONDITION),
  /** The delegation does not give the power, or not now. */
  POWER_NOT_IN_FORCE(Code.FAILED_PRECONDITION),
  /** A citizen has at most 20 delegations at a time. */
  TOO_MANY_DELEGATIONS(Code.FAILED_PRECONDITION),
  /** Not yet of the age for it. */
  TOO_YOUNG(Code.FAILED_PRECONDITION),
  /** A child does not end what the law gives its parents. */
  GIVEN_BY_LAW(Code.FAILED_PRECONDITION),
  /** The bureau does not know the caller as the child's parent. */
  PARENTHOOD_NOT_PROVED(Code.FAILED_PRECONDITION),
  /** No account has proved the child's number. */
  CHILD_HAS_NO_ACCOUNT(Code.FAILED_PRECONDITION),
  /** The child is of age. */
  CHILD_OF_AGE(Code.FAILED_PRECONDITION),
  /** No service has this client id and secret. */
  INVALID_CLIENT(Code.UNAUTHENTICATED),
  /** The organisation id names another organisation. */
  ORGANISATION_ID_TAKEN(Code.ALREADY_EXISTS),
  /** No such organisation. */
  ORGANISATION_NOT_FOUND(Code.NOT_FOUND),
  /** No such staff account. */
  STAFF_NOT_FOUND(Code.NOT_FOUND),
  /** Another staff account has the name. */
  USERNAME_TAKEN(Code.ALREADY_EXISTS),
  /** The staff account was shut. */
  STAFF_SUSPENDED(Code.PERMISSION_DENIED),
  /** The password was given by somebody else and must be changed first. */
  PASSWORD_CHANGE_REQUIRED(Code.FAILED_PRECONDITION),
  /** The new password is too easy to guess. */
  PASSWORD_TOO_WEAK(Code.INVALID_ARGUMENT),
  /** There is no such role, or it is not given this way. */
  ROLE_NOT_ALLOWED(Code.INVALID_ARGUMENT),
  /** Nobody may hold these roles together, or for an organisation. */
  ROLES_EXCLUDE_EACH_OTHER(Code.FAILED_PRECONDITION),
  /** The account holds the role, or waits for it. */
  ROLE_HELD(Code.ALREADY_EXISTS),
  /** The account does not hold the role. */
  ROLE_NOT_HELD(Code.FAILED_PRECONDITION),
  /** Nobody else would be left who can administer. */
  LAST_ADMINISTRATOR(Code.FAILED_PRECONDITION),
  /** Not for one's own account. */
  OWN_ACCOUNT(Code.FAILED_PRECONDITION),
  /** Who proposed a role or gets it does not approve it. */
  FOUR_EYES_REQUIRED(Code.FAILED_PRECONDITION),
  /** No such grant of a role. */
  ROLE_GRANT_NOT_FOUND(Code.NOT_FOUND),
  /** The grant was approved or rejected before. */
  ROLE_GRANT_DECIDED(Code.FAILED_PRECONDITION),
  /** Nobody decided about the grant in time. */
  ROLE_GRANT_EXPIRED(Code.FAILED_PRECONDITION),
  /** No such data policy. */
  DATA_POLICY_NOT_FOUND(Code.NOT_FOUND),
  /** No such consent agreement. */
  CONSENT_AGREEMENT_NOT_FOUND(Code.NOT_FOUND),
  /** There is a later revision of the agreement, which the citizen has to be shown first. */
  CONSENT_AGREEMENT_REVISED(Code.FAILED_PRECONDITION),
  /** Nobody is asked for this consent any more. */
  CONSENT_AGREEMENT_CLOSED(Code.FAILED_PRECONDITION),
  /** The citizen never gave this consent. */
  CONSENT_NOT_FOUND(Code.NOT_FOUND),
  /** A chain has at most 10,000 revisions; consents can still be withdrawn. */
  TOO_MANY_CONSENT_REVISIONS(Code.RESOURCE_EXHAUSTED),
  /** No such guest of the city. */
  CLIENT_NOT_FOUND(Code.NOT_FOUND),
  /** The client id names another guest. */
  CLIENT_ID_TAKEN(Code.ALREADY_EXISTS),
  /** The guest was shut out. */
  CLIENT_SUSPENDED(Code.FAILED_PRECONDITION),
  /** No such request for authorization, or it has expired, or somebody else decided it. */
  AUTHORIZATION_REQUEST_NOT_FOUND(Code.NOT_FOUND),
  /** The request for authorization was decided otherwise before. */
  AUTHORIZATION_REQUEST_DECIDED(Code.FAILED_PRECONDITION),
  /** The citizen has granted this guest nothing. */
  GUEST_NOT_FOUND(Code.NOT_FOUND),
  /** The citizen has no such export, or it was deleted. */
  EXPORT_NOT_FOUND(Code.NOT_FOUND),
  /** The export is still being gathered, or failed; the metadata say which. */
  EXPORT_NOT_READY(Code.FAILED_PRECONDITION),
  /** No such erasure is under way, or the code is another one's. */
  ERASURE_NOT_FOUND(Code.NOT_FOUND),
  /** The erasure can no longer be cancelled. */
  ERASURE_BEGUN(Code.FAILED_PRECONDITION),
  /** The citizen can still cancel the erasure, or it is over: there is nothing to carry on. */
  ERASURE_NOT_HELD(Code.FAILED_PRECONDITION);

  private final Code code;

  IdentityReason(Code code) {
    this.code = code;
  }

  @Override
  public Code code() {
    return code;
  }
}
