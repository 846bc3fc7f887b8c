package io.liangjiang.identity.authorization;

import com.nimbusds.oauth2.sdk.ParseException;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.openid.connect.sdk.AuthenticationRequest;
import com.nimbusds.openid.connect.sdk.Prompt;
import com.nimbusds.openid.connect.sdk.claims.ACR;
import io.liangjiang.identity.guestclient.RegisteredClient;
import io.liangjiang.identity.oauth.OAuthErrors;
import io.liangjiang.identity.oauth.OAuthReason;
import io.liangjiang.platform.caller.TokenClaims;
import io.liangjiang.platform.v1.AssuranceLevel;
import java.net.URI;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a guest may ask. Client and redirect address were checked before: the errors here are told
 * to the guest at that address.
 */
final class AuthorizeRules {
  private static final int MAX_STATE = 1_024;
  private static final int MAX_NONCE = 256;
  private static final int CHALLENGE = 43;

  private AuthorizeRules() {}

  /** Reads a request. Errors: those of OAuthReason. */
  static AuthorizationAsk read(
      RegisteredClient client, Map<String, List<String>> parameters, String issuer) {
    requireNoObject(parameters);
    requireCode(parameters);
    AuthenticationRequest request = parse(parameters);
    requireChallenge(request);
    if (request.getPrompt() != null && request.getPrompt().contains(Prompt.Type.NONE)) {
      throw refuse(OAuthReason.LOGIN_REQUIRED, "the citizen approves in the city's app");
    }
    List<String> scopes = request.getScope().toStringList();
    if (!new HashSet<>(client.scopes()).containsAll(scopes)) {
      throw refuse(OAuthReason.INVALID_SCOPE, "a scope is not registered for the client");
    }
    String state = text(request.getState());
    String nonce = text(request.getNonce());
    if (state.length() > MAX_STATE || nonce.length() > MAX_NONCE) {
      throw refuse(OAuthReason.INVALID_REQUEST, "state or nonce is too long");
    }
    return new AuthorizationAsk(
        client.id(),
        request.getRedirectionURI().toString(),
        scopes.stream().distinct().toList(),
        resources(client, request.getResources(), issuer),
        state,
        nonce,
        request.getCodeChallenge().getValue(),
        requiredLevel(request.getACRValues()));
  }

  /**
   * The resources that are asked for. Errors: invalid_target.
   *
   * @param asked null for none
   */
  private static List<String> resources(
      RegisteredClient client, @Nullable List<URI> asked, String issuer) {
    if (asked == null) {
      return List.of();
    }
    List<String> resources = asked.stream().map(URI::toString).distinct().toList();
    for (String resource : resources) {
      if (!resource.equals(issuer)
          && !client.registration().getAudiencesList().contains(resource)) {
        throw refuse(OAuthReason.INVALID_TARGET, "a resource is not registered for the client");
      }
    }
    return resources;
  }

  private static AuthenticationRequest parse(Map<String, List<String>> parameters) {
    try {
      return AuthenticationRequest.parse(parameters);
    } catch (ParseException e) {
      throw OAuthErrors.unreadable(e);
    }
  }

  private static void requireNoObject(Map<String, List<String>> parameters) {
    if (parameters.containsKey("request")) {
      throw refuse(OAuthReason.REQUEST_NOT_SUPPORTED, "request objects are not taken");
    }
    if (parameters.containsKey("request_uri")) {
      throw refuse(OAuthReason.REQUEST_URI_NOT_SUPPORTED, "request objects are not fetched");
    }
  }

  private static void requireCode(Map<String, List<String>> parameters) {
    if (!parameters.getOrDefault("response_type", List.of("code")).equals(List.of("code"))) {
      throw refuse(OAuthReason.UNSUPPORTED_RESPONSE_TYPE, "only codes are given out");
    }
    if (!parameters.getOrDefault("response_mode", List.of("query")).equals(List.of("query"))) {
      throw refuse(OAuthReason.INVALID_REQUEST, "the only response_mode is query");
    }
  }

  /** For every client, also one with keys; "plain" and a missing method are refused. */
  private static void requireChallenge(AuthenticationRequest request) {
    boolean ok =
        request.getCodeChallenge() != null
            && CodeChallengeMethod.S256.equals(request.getCodeChallengeMethod())
            && request.getCodeChallenge().getValue().length() == CHALLENGE;
    if (!ok) {
      throw refuse(OAuthReason.INVALID_REQUEST, "PKCE with code_challenge_method S256 is required");
    }
  }

  private static AssuranceLevel requiredLevel(@Nullable List<ACR> asked) {
    if (asked == null || asked.isEmpty()) {
      return AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED;
    }
    return Arrays.stream(AssuranceLevel.values())
        .filter(level -> level != AssuranceLevel.UNRECOGNIZED)
        .filter(level -> level != AssuranceLevel.ASSURANCE_LEVEL_UNSPECIFIED)
        .filter(level -> asked.contains(new ACR(TokenClaims.acr(level))))
        .findFirst()
        .orElseThrow(
            () ->
                refuse(
                    OAuthReason.UNMET_AUTHENTICATION_REQUIREMENTS,
                    "none of the acr_values can be met"));
  }

  private static String text(@Nullable Object value) {
    return Objects.toString(value, "");
  }

  private static RuntimeException refuse(OAuthReason reason, String description) {
    return OAuthErrors.refuse(reason, description);
  }
}
