package io.liangjiang.gateway.problem;

import io.liangjiang.platform.errors.ServiceException.Violation;
import java.util.List;
import java.util.Map;

/**
 * What a client is told when its request fails: the members of problem details (RFC 9457) and ours.
 *
 * @param status HTTP status
 * @param reason stable name in UPPER_SNAKE_CASE; programs decide by it
 * @param detail one sentence for a developer; its wording may change
 * @param metadata what a program needs to act on the reason
 * @param violations the fields that are wrong, by their JSON path
 * @param retryAfterSeconds when the same request may work, for the Retry-After header; 0 for
 *     nothing said
 */
public record Problem(
    int status,
    String reason,
    String detail,
    Map<String, String> metadata,
    List<Violation> violations,
    long retryAfterSeconds) {

  /** Media type of a written problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  private static final String TYPE_PREFIX = "urn:liangjiang:problem:";

  /** The problem type's URI; one a reason. */
  public String type() {
    return TYPE_PREFIX + reason;
  }

  /** The reason as words, for example "Insufficient funds". */
  public String title() {
    String words = reason.toLowerCase(java.util.Locale.ROOT).replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }
}
