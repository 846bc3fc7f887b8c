/**
 * Signing in, refreshing, signing out: sessions as families of refresh tokens. Everybody who uses
 * the city comes through here. How a token is signed belongs to signing.
 */
@NullMarked
package io.liangjiang.identity.session;

import org.jspecify.annotations.NullMarked;
