package io.liangjiang.identity.guest;

import io.liangjiang.identity.guestclient.RegisteredClient;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an access token shall say.
 *
 * @param client to whom it is given
 * @param session of the citizen for whom; null for a machine that asks for itself
 * @param audience for whom it is made out
 * @param tokenId unique; the same order under the same id makes the same token
 * @param actor the {@code act} claim (RFC 8693); empty when nobody acts for the subject
 * @param issuedAt from when
 */
public record TokenOrder(
    RegisteredClient client,
    @Nullable GuestSession session,
    List<String> scopes,
    List<String> audience,
    String tokenId,
    Map<String, Object> actor,
    Instant issuedAt) {}
