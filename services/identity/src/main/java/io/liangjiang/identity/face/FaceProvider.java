package io.liangjiang.identity.face;

import io.liangjiang.identity.profile.RealNames;
import io.smallrye.mutiny.Uni;
import java.util.UUID;

/** Who compares the face before a phone's camera with the register's picture of a person. */
interface FaceProvider {
  /** What came of it. */
  enum Result {
    /** It is the person. */
    PASSED,
    /** It is somebody else, or no living face. */
    FAILED,
    /** The camera has seen nobody yet. */
    PENDING
  }

  /** Whether the city has a provider. */
  boolean isSetUp();

  /**
   * Begins; the same id gets the same ticket. Errors: FACE_PROVIDER_UNAVAILABLE.
   *
   * @return what the phone opens the camera with
   */
  Uni<String> begin(UUID verificationId, RealNames.Document document);

  /** Asks what came of it. Errors: FACE_PROVIDER_UNAVAILABLE. */
  Uni<Result> result(String ticket);
}
