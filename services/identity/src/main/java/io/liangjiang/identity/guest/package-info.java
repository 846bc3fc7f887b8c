/**
 * What citizens granted to guests, the sessions that came of it and their tokens. Authorization and
 * the token endpoint open sessions here; citizens see and withdraw their grants here. Guests
 * themselves are in guestclient, the protocol's endpoints elsewhere.
 */
@NullMarked
package io.liangjiang.identity.guest;

import org.jspecify.annotations.NullMarked;
