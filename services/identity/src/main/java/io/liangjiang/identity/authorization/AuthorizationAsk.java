package io.liangjiang.identity.authorization;

import io.liangjiang.platform.v1.AssuranceLevel;
import java.util.List;

/**
 * What a guest asks of whoever sits at the browser, checked.
 *
 * @param resources for whom tokens may be made out, beside the issuer
 * @param clientState given back to the guest as it is; may be empty
 * @param nonce for the ID token; may be empty
 * @param codeChallenge of PKCE, method S256
 * @param requiredLevel the least that the citizen must have proved; unspecified for nothing
 */
record AuthorizationAsk(
    String clientId,
    String redirectUri,
    List<String> scopes,
    List<String> resources,
    String clientState,
    String nonce,
    String codeChallenge,
    AssuranceLevel requiredLevel) {}
