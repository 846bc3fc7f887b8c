package io.liangjiang.identity.miniprogram;

import io.smallrye.mutiny.Uni;

/** A super-app's server, which knows whom its codes name. */
public interface MiniProgramProvider {
  /**
   * Exchanges a sign-in code, which then is worth nothing. Errors: INVALID_JS_CODE,
   * SIGN_IN_PROVIDER_UNAVAILABLE.
   */
  Uni<OpenIdentity> exchange(App app, String jsCode);

  /**
   * Exchanges a phone code for the number, digits with the country code left out for China. Errors:
   * INVALID_PHONE_CODE, SIGN_IN_PROVIDER_UNAVAILABLE.
   */
  Uni<String> phoneNumber(App app, String phoneCode);
}
