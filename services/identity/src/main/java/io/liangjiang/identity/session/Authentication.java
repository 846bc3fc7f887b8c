package io.liangjiang.identity.session;

import io.liangjiang.platform.v1.AssuranceLevel;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How the owner of a session proved who they are.
 *
 * @param methodId the sign-in method that was used; null for a password
 * @param methods how (RFC 8176 where it has a word)
 * @param time of the latest proof
 * @param ceiling the most that this proof is worth, whatever the account has proved otherwise
 */
record Authentication(
    @Nullable UUID methodId, List<String> methods, Instant time, AssuranceLevel ceiling) {
  static final List<String> BY_MINI_PROGRAM = List.of("mini_program");
  static final List<String> BY_PASSWORD = List.of("pwd");
  static final List<String> BY_SMS = List.of("sms");
  static final List<String> BY_PASSKEY = List.of("pop", "mfa");

  /** The proofs together: as fresh as the later, worth as much as the better. */
  Authentication and(Authentication fresh) {
    return new Authentication(
        methodId,
        Stream.concat(methods.stream(), fresh.methods.stream()).distinct().toList(),
        fresh.time,
        ceiling.getNumber() >= fresh.ceiling.getNumber() ? ceiling : fresh.ceiling);
  }

  /** What a token may say of an account that has proved so much. */
  AssuranceLevel level(AssuranceLevel ofAccount) {
    return ofAccount.getNumber() <= ceiling.getNumber() ? ofAccount : ceiling;
  }
}
