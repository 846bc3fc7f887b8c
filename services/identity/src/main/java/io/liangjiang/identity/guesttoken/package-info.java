/**
 * The endpoints that guests' servers call: tokens, claims, revocation, introspection, the end of a
 * session, and the document that describes them. Nothing in the city calls them. What a code or a
 * grant is worth is decided in authorization and guest.
 */
@NullMarked
package io.liangjiang.identity.guesttoken;

import org.jspecify.annotations.NullMarked;
