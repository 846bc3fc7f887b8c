/**
 * The master keys, which seal, and the secret under them from which keyed hashes and tokens are
 * derived. Every feature that stores a secret or personal number uses it. Signing tokens does not
 * belong here: that needs keys the public can check.
 */
@NullMarked
package io.liangjiang.identity.crypto;

import org.jspecify.annotations.NullMarked;
