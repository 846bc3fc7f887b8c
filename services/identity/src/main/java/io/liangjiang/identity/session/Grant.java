package io.liangjiang.identity.session;

import java.time.Instant;

/**
 * What a sign-in or a refresh is answered with, before the access token is signed. An answer that
 * is given again has the same grant, and so the same tokens.
 *
 * @param generation of the refresh token
 * @param issuedAt when it was first given
 */
record Grant(Session session, String refreshToken, int generation, Instant issuedAt) {}
