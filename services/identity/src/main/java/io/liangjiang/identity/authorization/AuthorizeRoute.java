package io.liangjiang.identity.authorization;

import com.nimbusds.oauth2.sdk.AuthorizationCode;
import com.nimbusds.oauth2.sdk.AuthorizationErrorResponse;
import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.ResponseMode;
import com.nimbusds.oauth2.sdk.http.HTTPRequest;
import com.nimbusds.oauth2.sdk.http.HTTPResponse;
import com.nimbusds.oauth2.sdk.id.State;
import com.nimbusds.openid.connect.sdk.AuthenticationSuccessResponse;
import io.liangjiang.identity.guestclient.Clients;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.limit.AttemptLimit;
import io.liangjiang.identity.limit.AttemptLimits;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import io.liangjiang.identity.oauth.OAuthRoutes;
import io.liangjiang.identity.oauth.Provider;
import io.liangjiang.platform.errors.ServiceException;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The authorization endpoint. A browser is sent on to registered addresses only; while the guest or
 * its address is in doubt, the page says so and leads nowhere.
 */
@ApplicationScoped
public class AuthorizeRoute {
  /** Requests that browsers at one address begin. */
  static final AttemptLimit BY_ADDRESS =
      new AttemptLimit("authorize-address", 600, Duration.ofMinutes(10));

  private static final int SEE_OTHER = 303;
  private static final int BAD_REQUEST = 400;
  private static final int TOO_MANY = 429;
  private static final String COOKIE = "authorization";
  private static final String DOUBTFUL = "请求来自未登记的应用或地址，已停止。";
  private static final String FOREIGN = "此授权请求不是在这个浏览器里开始的，或已过期。请回到原页面重新开始。";
  private static final String OVER = "本页面已完成，请返回原应用。";
  private static final String WAITING = "尚未收到您在城市应用中的同意，请先在应用中同意，再输入确认码。";
  private static final String WRONG = "确认码不正确。";
  private static final String BUSY = "请求过多，请稍后再试。";

  private final AuthorizePage page;
  private final Browsers browsers;
  private final Clients clients;
  private final AttemptLimits limits;
  private final OAuthRoutes routes;
  private final Provider provider;

  AuthorizeRoute(
      AuthorizePage page,
      Browsers browsers,
      Clients clients,
      AttemptLimits limits,
      OAuthRoutes routes,
      Provider provider) {
    this.page = page;
    this.browsers = browsers;
    this.clients = clients;
    this.limits = limits;
    this.routes = routes;
    this.provider = provider;
  }

  void register(@Observes Router router) {
    routes.add(router, HttpMethod.GET, Provider.AUTHORIZE, this::begin);
    routes.add(router, HttpMethod.POST, Provider.AUTHORIZE, this::begin);
    routes.add(router, HttpMethod.GET, Provider.AUTHORIZE + "/:code", this::look);
    routes.add(router, HttpMethod.POST, Provider.AUTHORIZE + "/:code", this::step);
  }

  private Uni<HTTPResponse> begin(HTTPRequest http) {
    Map<String, List<String>> parameters = parameters(http);
    return clients
        .find(single(parameters, "client_id"))
        .map(found -> found.filter(RegisteredClient::isActive))
        .map(found -> found.filter(c -> c.allowsRedirect(single(parameters, "redirect_uri"))))
        .chain(
            found ->
                found.isEmpty()
                    ? page.say(BAD_REQUEST, DOUBTFUL)
                    : begin(found.get(), parameters, http.getClientIPAddress()));
  }

  private Uni<HTTPResponse> begin(
      RegisteredClient client, Map<String, List<String>> parameters, String address) {
    return limits
        .acquire(BY_ADDRESS, address)
        .map(open -> AuthorizeRules.read(client, parameters, provider.issuer()))
        .chain(browsers::begin)
        .map(this::toPage)
        .onFailure(ServiceException.class)
        .recoverWithUni(
            refusal ->
                ((ServiceException) refusal).reason() instanceof OAuthReason
                    ? Uni.createFrom().item(refuse(parameters, refusal))
                    : page.say(TOO_MANY, BUSY));
  }

  /** The cookie goes to this request's page only. */
  private HTTPResponse toPage(Browsers.Begun begun) {
    String path = Provider.AUTHORIZE + "/" + begun.requestCode();
    var response = new HTTPResponse(SEE_OTHER);
    response.setLocation(provider.address(path));
    response.setHeader(
        "Set-Cookie",
        cookieName()
            + "="
            + begun.cookie()
            + "; Path="
            + path
            + "; HttpOnly; SameSite=Lax; Max-Age=3600"
            + (isSecure() ? "; Secure" : ""));
    return response;
  }

  private Uni<HTTPResponse> look(HTTPRequest http) {
    return AuthorizationCodes.requestOf(lastSegment(http))
        .map(code -> browsers.look(code, cookie(http)))
        .orElseGet(AuthorizeRoute::nothing)
        .chain(step -> answer(step, single(http.getQueryParameters(), "confirmation")));
  }

  private Uni<HTTPResponse> step(HTTPRequest http) {
    Map<String, List<String>> form = parameters(http);
    String cookie = cookie(http);
    return AuthorizationCodes.requestOf(lastSegment(http))
        .map(
            code ->
                single(form, "step").equals("cancel")
                    ? browsers.giveUp(code, cookie)
                    : browsers.confirm(code, cookie, single(form, "confirmation")))
        .orElseGet(AuthorizeRoute::nothing)
        .chain(
            step ->
                step.isPresent() && step.get().kind() == BrowserStep.Kind.WAIT
                    ? show(step.get(), "", WAITING)
                    : answer(step, ""));
  }

  private Uni<HTTPResponse> answer(Optional<BrowserStep> found, String confirmation) {
    if (found.isEmpty()) {
      return page.say(BAD_REQUEST, FOREIGN);
    }
    BrowserStep step = found.get();
    return switch (step.kind()) {
      case WAIT -> show(step, confirmation, "");
      case WRONG_CODE -> show(step, "", WRONG);
      case OVER -> page.say(HTTPResponse.SC_OK, OVER);
      case GO_ON -> Uni.createFrom().item(goOn(step));
      case REFUSED -> Uni.createFrom().item(refused(step.request()));
    };
  }

  private Uni<HTTPResponse> show(BrowserStep step, String confirmation, String message) {
    return clients
        .find(step.request().ask().clientId())
        .chain(
            found ->
                found.isPresent() && found.get().honours(step.request().createTime())
                    ? page.show(step.request(), found.get(), confirmation, message)
                    : page.say(BAD_REQUEST, DOUBTFUL));
  }

  private HTTPResponse goOn(BrowserStep step) {
    AuthorizationAsk ask = step.request().ask();
    return redirect(
        new AuthenticationSuccessResponse(
                URI.create(ask.redirectUri()),
                new AuthorizationCode(step.authorizationCode()),
                null,
                null,
                state(ask.clientState()),
                null,
                provider.id(),
                ResponseMode.QUERY)
            .toURI());
  }

  private HTTPResponse refused(PendingAuthorization request) {
    OAuthReason reason =
        request.wasOutOfReach()
            ? OAuthReason.UNMET_AUTHENTICATION_REQUIREMENTS
            : OAuthReason.ACCESS_DENIED;
    ServiceException refusal = OAuthErrors.refuse(reason, "the citizen did not approve");
    return refuse(request.ask().redirectUri(), request.ask().clientState(), refusal);
  }

  private HTTPResponse refuse(Map<String, List<String>> parameters, Throwable refusal) {
    return refuse(single(parameters, "redirect_uri"), single(parameters, "state"), refusal);
  }

  private HTTPResponse refuse(String redirectUri, String state, Throwable refusal) {
    return redirect(
        new AuthorizationErrorResponse(
                URI.create(redirectUri),
                OAuthErrors.error(refusal),
                state(state),
                provider.id(),
                ResponseMode.QUERY)
            .toURI());
  }

  private static HTTPResponse redirect(URI address) {
    var response = new HTTPResponse(SEE_OTHER);
    response.setLocation(address);
    response.setHeader("Referrer-Policy", "no-referrer");
    return response;
  }

  private static @Nullable State state(String text) {
    return text.isEmpty() ? null : new State(text);
  }

  private static Uni<Optional<BrowserStep>> nothing() {
    return Uni.createFrom().item(Optional.empty());
  }

  private static Map<String, List<String>> parameters(HTTPRequest http) {
    try {
      return http.getMethod() == HTTPRequest.Method.GET
          ? http.getQueryParameters()
          : http.getBodyAsFormParameters();
    } catch (ParseException e) {
      throw OAuthErrors.unreadable(e);
    }
  }

  /** The one value of a parameter; empty when it is missing or there several times. */
  private static String single(Map<String, List<String>> parameters, String name) {
    List<String> values = parameters.get(name);
    return values == null || values.size() != 1 ? "" : values.getFirst();
  }

  private static String lastSegment(HTTPRequest http) {
    String path = http.getURI().getPath();
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private String cookie(HTTPRequest http) {
    String header = http.getHeaderValue("cookie");
    String name = cookieName() + "=";
    for (String pair : header == null ? new String[0] : header.split(";", -1)) {
      if (pair.trim().startsWith(name)) {
        return pair.trim().substring(name.length());
      }
    }
    return "";
  }

  private String cookieName() {
    return isSecure() ? "__Secure-" + COOKIE : COOKIE;
  }

  private boolean isSecure() {
    return provider.issuer().startsWith("https://");
  }
}
