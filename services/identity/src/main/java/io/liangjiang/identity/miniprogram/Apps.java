package io.liangjiang.identity.miniprogram;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.errors.ServiceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.TreeMap;

/** The mini-programs that may sign citizens in. */
@ApplicationScoped
public class Apps {
  private final Map<String, App> byId = new TreeMap<>();

  Apps(IdentitySettings settings, DevelopmentCity development) {
    development
        .only(new App(DevelopmentCity.APP_ID, DevelopmentCity.APP_SECRET))
        .ifPresent(app -> byId.put(app.id(), app));
    settings.apps().forEach((id, app) -> byId.put(id, new App(id, app.secret())));
  }

  /** The registered mini-program. Errors: APP_NOT_FOUND. */
  public App require(String appId) {
    App app = byId.get(appId);
    if (app == null) {
      throw new ServiceException(
          IdentityReason.APP_NOT_FOUND, "no mini-program is registered under this app id");
    }
    return app;
  }
}
