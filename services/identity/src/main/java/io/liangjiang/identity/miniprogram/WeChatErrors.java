package io.liangjiang.identity.miniprogram;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.platform.errors.ServiceException;
import java.time.Duration;
import org.jboss.logging.Logger;

/**
 * What the error codes of WeChat's documentation come to, for the three interfaces that are called.
 * Who signs in is told what they can do about it; what only the operator can mend is logged as an
 * error.
 */
final class WeChatErrors {
  static final int OK = 0;

  private static final Logger LOG = Logger.getLogger(WeChatErrors.class);
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration NEXT_MINUTE = Duration.ofMinutes(1);

  private WeChatErrors() {}

  /** Whether the provider refuses the token that it gave us, so that another one may do. */
  static boolean isToken(int code) {
    return switch (code) {
      case 40001, 40014, 42001 -> true; // not the latest, malformed, expired
      default -> false;
    };
  }

  /**
   * The refusal for an answer that is of no use.
   *
   * @param call the interface, for the log
   * @param invalidCode what a code is called that is worth nothing
   */
  static ServiceException of(String call, int code, IdentityReason invalidCode) {
    return switch (code) {
      case 40029, 40163, 41008 -> // invalid, used, missing
          new ServiceException(invalidCode, "the code is unknown, expired or used");
      case 40226 -> // a user of high risk, whom WeChat keeps out of every mini-program
          new ServiceException(
              IdentityReason.SIGN_IN_BLOCKED, "the super-app keeps this user from signing in");
      case 45011 -> // a minute's calls of one user
          new ServiceException(IdentityReason.TOO_MANY_ATTEMPTS, "too many attempts")
              .retryAfter(NEXT_MINUTE);
      case 40002, 40013, 40125, 40164, 41002, 41004, 43002, 45009, 50002, 89503, 89506, 89507 -> {
        // grant type, app id, secret, our address, their absence, method, the day's calls, a frozen
        // app, and what an administrator of the app has to confirm
        LOG.errorf("the mini-program is not set up: %s answered %d", call, code);
        yield away(NEXT_MINUTE);
      }
      default -> { // -1 is their server being busy
        LOG.warnf("the mini-programs' server: %s answered %d", call, code);
        yield away(SOON);
      }
    };
  }

  /** The refusal when there was no answer. */
  static ServiceException noAnswer(Throwable failure) {
    LOG.warnf("the mini-programs' server: no answer: %s", failure.getClass().getSimpleName());
    return away(SOON);
  }

  private static ServiceException away(Duration retryDelay) {
    return new ServiceException(
            IdentityReason.SIGN_IN_PROVIDER_UNAVAILABLE, "the mini-programs' server is away")
        .retryAfter(retryDelay);
  }
}
