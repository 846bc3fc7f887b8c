package io.liangjiang.identity.authorization;

import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.crypto.Digests;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.Provider;
import io.quarkus.qute.Location;
import io.quarkus.qute.Template;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Base64;

/**
 * The page that a browser shows while the citizen decides in the app. It runs no script; forms may
 * lead back here and to the guest's address, nowhere else.
 */
@ApplicationScoped
class AuthorizePage {
  private static final int GROUP = 5;
  private static final String STYLE_HASH =
      Base64.getEncoder().encodeToString(Digests.sha256(AuthorizeView.STYLE));

  private final Template template;
  private final IdentitySettings settings;

  AuthorizePage(@Location("authorize.html") Template template, IdentitySettings settings) {
    this.template = template;
    this.settings = settings;
  }

  /** The page of a request. */
  Uni<HTTPResponse> show(
      PendingAuthorization request, RegisteredClient client, String confirmation, String message) {
    URI address = URI.create(request.ask().redirectUri());
    String code = request.code();
    var view =
        new AuthorizeView(
            message,
            true,
            client.registration().getDisplayName(),
            address.getHost(),
            client.registration().getPurpose(),
            client.scopesOf(request.ask().scopes()),
            code.substring(0, GROUP) + "-" + code.substring(GROUP),
            settings.guests().appLink().map(link -> link.replace("{code}", code)).orElse(""),
            Provider.AUTHORIZE + "/" + code,
            confirmation);
    return render(HTTPResponse.SC_OK, view, " " + origin(address));
  }

  /** A page that says what is wrong and leads nowhere. */
  Uni<HTTPResponse> say(int status, String message) {
    return render(status, AuthorizeView.of(message), "");
  }

  private Uni<HTTPResponse> render(int status, AuthorizeView view, String goesOnTo) {
    return template
        .data("view", view)
        .createUni()
        .map(
            html -> {
              var response = new HTTPResponse(status);
              response.setHeader("Content-Type", "text/html;charset=utf-8");
              response.setHeader("Referrer-Policy", "no-referrer");
              response.setHeader(
                  "Content-Security-Policy",
                  "default-src 'none'; style-src 'sha256-"
                      + STYLE_HASH
                      + "'; form-action 'self'"
                      + goesOnTo
                      + "; base-uri 'none'; frame-ancestors 'none'");
              response.setBody(html);
              return response;
            });
  }

  private static String origin(URI address) {
    return address.getScheme() + "://" + address.getRawAuthority();
  }
}
