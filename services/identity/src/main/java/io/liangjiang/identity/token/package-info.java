/**
 * Tokens for the city's own services, given for a client id and secret. The other services' runtime
 * calls it at start-up and before a token expires. Citizens' and staff's tokens belong to sessions.
 */
@NullMarked
package io.liangjiang.identity.token;

import org.jspecify.annotations.NullMarked;
