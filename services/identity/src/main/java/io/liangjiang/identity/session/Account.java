package io.liangjiang.identity.session;

import java.util.UUID;

/** Whose session it is. */
record Account(Kind kind, UUID id) {
  /** Who may have a session. */
  enum Kind {
    /** A citizen. */
    CITIZEN,
    /** A staff member. */
    STAFF
  }
}
