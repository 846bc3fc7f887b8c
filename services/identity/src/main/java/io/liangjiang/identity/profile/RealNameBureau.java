package io.liangjiang.identity.profile;

import io.liangjiang.platform.citizenid.CitizenIdNumber;
import io.smallrye.mutiny.Uni;

/** The office that knows which name belongs to which identification number. */
interface RealNameBureau {
  /** What the bureau says. */
  enum Result {
    /** They belong together. */
    MATCH,
    /** The number belongs to another name. */
    MISMATCH,
    /** Nobody has the number. */
    UNKNOWN
  }

  /** Asks. Errors: REAL_NAME_BUREAU_UNAVAILABLE. */
  Uni<Result> verify(String name, CitizenIdNumber number);

  /** Whether somebody is father or mother of a child. Errors: REAL_NAME_BUREAU_UNAVAILABLE. */
  Uni<Boolean> isParent(CitizenIdNumber parent, String childName, CitizenIdNumber child);
}
