package io.liangjiang.identity.oauth;

import com.nimbusds.oauth2.sdk.id.Issuer;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.platform.startup.ProductionCheck;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;

/** Who issues guests' tokens, and where the endpoints are as the world sees them. */
@ApplicationScoped
public class Provider implements ProductionCheck {
  /** Where a citizen's browser is sent. */
  public static final String AUTHORIZE = "/oauth2/authorize";

  /** Where codes and tokens are exchanged for tokens. */
  public static final String TOKEN = "/oauth2/token";

  /** What a guest may know of a citizen. */
  public static final String USER_CLAIMS = "/oauth2/userinfo";

  /** Where a guest gives tokens back. */
  public static final String REVOKE = "/oauth2/revoke";

  /** Where those for whom tokens are made out ask what they are worth. */
  public static final String INTROSPECT = "/oauth2/introspect";

  /** Where a browser is sent to end a guest's session. */
  public static final String END_SESSION = "/oauth2/end-session";

  /** The keys of all tokens. */
  public static final String KEYS = "/.well-known/jwks.json";

  private final String issuer;

  Provider(IdentitySettings settings) {
    this.issuer = settings.guests().issuer();
  }

  /** The issuer: scheme and host of the gateway as the world sees it. */
  public String issuer() {
    return issuer;
  }

  /** The issuer as the protocol library has it. */
  public Issuer id() {
    return new Issuer(issuer);
  }

  /** Address of an endpoint. */
  public URI address(String path) {
    return URI.create(issuer + path);
  }

  @Override
  public List<String> problems() {
    return issuer.startsWith("https://") && !issuer.endsWith("/")
        ? List.of()
        : List.of(
            "set liangjiang.identity.guests.issuer to the gateway's public https:// address,"
                + " without a slash at the end");
  }
}
