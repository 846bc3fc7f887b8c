/**
 * Passkeys: challenges kept here, answers of devices verified by webauthn4j, public keys stored.
 * Signing in, stepping up and the list of sign-in methods use it. What a session is belongs to
 * session.
 */
@NullMarked
package io.liangjiang.identity.passkey;

import org.jspecify.annotations.NullMarked;
