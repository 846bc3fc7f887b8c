/**
 * Tokens that nobody may accept, by the hundred: what is known of attacks on JWT, made from the
 * tests' own issuer key. Every verifier is held to them, and they to verifiers with planted bugs.
 * Good tokens belong to TestTokens.
 */
@NullMarked
package io.liangjiang.platform.test.forgery;

import org.jspecify.annotations.NullMarked;
