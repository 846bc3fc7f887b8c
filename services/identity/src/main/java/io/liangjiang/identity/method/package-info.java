/**
 * The ways to sign in as their owner sees them: listed, linked, unlinked. Citizens and staff use
 * it. Signing in with them belongs to session.
 */
@NullMarked
package io.liangjiang.identity.method;

import org.jspecify.annotations.NullMarked;
