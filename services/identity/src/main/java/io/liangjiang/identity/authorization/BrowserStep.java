package io.liangjiang.identity.authorization;

/**
 * Where a browser stands after what it did.
 *
 * @param request as it is now
 * @param authorizationCode for the guest; empty but for {@link Kind#GO_ON}
 */
record BrowserStep(Kind kind, PendingAuthorization request, String authorizationCode) {
  /** What to answer. */
  enum Kind {
    /** The page, as it is. */
    WAIT,
    /** The page, which says that the confirmation code was wrong. */
    WRONG_CODE,
    /** Back to the guest with a code. */
    GO_ON,
    /** Back to the guest with a refusal. */
    REFUSED,
    /** The page, which says that this browser went on before. */
    OVER
  }

  static BrowserStep of(Kind kind, PendingAuthorization request) {
    return new BrowserStep(kind, request, "");
  }
}
