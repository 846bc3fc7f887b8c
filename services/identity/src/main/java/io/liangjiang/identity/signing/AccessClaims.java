package io.liangjiang.identity.signing;

import io.liangjiang.platform.v1.AssuranceLevel;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an access token says.
 *
 * @param subject citizen id, staff id or name of a service
 * @param sessionId session of a citizen or staff member; empty for services
 * @param tokenId unique; the same claims under the same id make the same token
 * @param clientId mini-program, "staff", or the service
 * @param roles what the subject may be
 * @param assuranceLevel what a citizen has proved
 * @param methods how the subject was authenticated (RFC 8176 where it has a word)
 * @param organisationId organisation of a staff member; may be empty
 * @param authTime when the subject last proved who they are; null for services
 * @param issuedAt from when; the token's life counts from here
 */
public record AccessClaims(
    String subject,
    String sessionId,
    String tokenId,
    String clientId,
    List<String> roles,
    AssuranceLevel assuranceLevel,
    List<String> methods,
    String organisationId,
    @Nullable Instant authTime,
    Instant issuedAt) {}
