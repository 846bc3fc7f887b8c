package io.liangjiang.identity.guest;

import io.liangjiang.identity.guestclient.RegisteredClient;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What an access token that still counts is worth now.
 *
 * @param client to whom it was given
 * @param session of the citizen; null for a machine's own token
 * @param audience for whom it is made out
 * @param scopes what still holds of those it carries
 * @param claims all that it says
 */
public record GuestAccess(
    RegisteredClient client,
    @Nullable GuestSession session,
    List<String> audience,
    List<String> scopes,
    Map<String, Object> claims) {}
