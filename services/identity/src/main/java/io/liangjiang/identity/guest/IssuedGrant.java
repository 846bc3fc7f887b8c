package io.liangjiang.identity.guest;

import java.time.Instant;
import java.util.List;

/**
 * What a guest is answered with, before tokens are signed. An answer that is given again has the
 * same grant, and so the same tokens.
 *
 * @param refreshToken empty when the citizen did not grant offline access
 * @param generation of the refresh token
 * @param issuedAt when it was first given
 * @param scopes what still holds of the session's
 */
public record IssuedGrant(
    GuestSession session,
    String refreshToken,
    int generation,
    Instant issuedAt,
    List<String> scopes) {}
