package io.liangjiang.identity.passkey;

import io.liangjiang.identity.DevelopmentCity;
import io.liangjiang.identity.IdentityReason;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.errors.ServiceException;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Set;

/** The domain that the city's passkeys belong to, and the pages that may use them. */
@ApplicationScoped
class PasskeyDomain {
  private static final String DEVELOPMENT_ID = "localhost";
  private static final List<String> DEVELOPMENT_ORIGINS =
      List.of("http://localhost:8080", "http://localhost:5173");

  private final String id;
  private final String name;
  private final Set<String> origins;

  PasskeyDomain(IdentitySettings settings, DevelopmentCity development) {
    var passkeys = settings.passkeys();
    this.id = passkeys.rpId().or(() -> development.only(DEVELOPMENT_ID)).orElse("");
    this.name = passkeys.rpName();
    this.origins =
        Set.copyOf(
            passkeys.origins().or(() -> development.only(DEVELOPMENT_ORIGINS)).orElse(List.of()));
  }

  /** Errors: PASSKEYS_NOT_SET_UP. */
  String requireId() {
    if (id.isEmpty() || origins.isEmpty()) {
      throw new ServiceException(
          IdentityReason.PASSKEYS_NOT_SET_UP, "the city has no domain for passkeys");
    }
    return id;
  }

  String name() {
    return name;
  }

  Set<String> origins() {
    return origins;
  }
}
