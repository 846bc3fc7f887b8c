package io.liangjiang.identity.miniprogram;

import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;

/** Codes exchanged at the provider, with a limit to how many it refuses. */
@ApplicationScoped
public class MiniProgramCodes {
  /** Codes that the provider refused, from one address. */
  static final AttemptLimit BY_ADDRESS =
      new AttemptLimit("js-code-address", 100, Duration.ofMinutes(10));

  private final MiniProgramProvider provider;
  private final AttemptLimits limits;

  MiniProgramCodes(MiniProgramProvider provider, AttemptLimits limits) {
    this.provider = provider;
    this.limits = limits;
  }

  /** Whom a code names. Errors: those of the provider, TOO_MANY_ATTEMPTS. */
  public Uni<OpenIdentity> exchange(App app, String jsCode, String address) {
    return limits
        .requireOpen(BY_ADDRESS, address)
        .chain(() -> provider.exchange(app, jsCode))
        .onFailure(MiniProgramCodes::isBadCode)
        .call(() -> limits.acquire(BY_ADDRESS, address));
  }

  /** Whether a refusal says that the code is worth nothing, any more perhaps. */
  public static boolean isBadCode(Throwable failure) {
    return failure instanceof ServiceException refusal
        && refusal.reason() == IdentityReason.INVALID_JS_CODE;
  }
}
