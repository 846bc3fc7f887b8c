/**
 * The one master key and what is derived from it: sealing, keyed hashes, token derivation. Every
 * feature that stores a secret or personal number uses it. Signing tokens does not belong here:
 * that needs keys the public can check.
 */
@NullMarked
package io.liangjiang.identity.crypto;

import org.jspecify.annotations.NullMarked;
