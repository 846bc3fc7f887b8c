package io.liangjiang.identity.delegation;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.platform.errors.PlatformReason;
import io.liangjiang.platform.errors.ServiceException;

/** Why a delegation is refused, in words. */
final class Refusals {
  static final int MAX_LIVE = 20;

  private Refusals() {}

  static ServiceException requestIdReused() {
    return new ServiceException(
        PlatformReason.REQUEST_ID_REUSED, "the request id was used for another offer");
  }

  static ServiceException noInvitation() {
    return new ServiceException(
        IdentityReason.INVITATION_NOT_FOUND, "no offer can be accepted with this code");
  }

  static ServiceException ownInvitation() {
    return new ServiceException(IdentityReason.OWN_INVITATION, "nobody becomes their own delegate");
  }

  static ServiceException noDelegation() {
    return new ServiceException(
        IdentityReason.DELEGATION_NOT_FOUND, "the caller has no such delegation");
  }

  static ServiceException ended() {
    return new ServiceException(IdentityReason.DELEGATION_ENDED, "the delegation is over");
  }

  static ServiceException givenByLaw() {
    return new ServiceException(
        IdentityReason.GIVEN_BY_LAW, "the law gives it, and the parent may give it up");
  }

  static ServiceException tooYoung(String message) {
    return new ServiceException(IdentityReason.TOO_YOUNG, message);
  }

  static ServiceException tooMany() {
    return new ServiceException(
            IdentityReason.TOO_MANY_DELEGATIONS, "the citizen has as many delegations as allowed")
        .with("max", MAX_LIVE);
  }
}
