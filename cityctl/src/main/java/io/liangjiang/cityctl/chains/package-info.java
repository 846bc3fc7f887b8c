/**
 * Walks the chains of hashes that make a change behind the services' backs visible. Where a chain
 * is and what is in it belongs to payments and identity.
 */
@NullMarked
package io.liangjiang.cityctl.chains;

import org.jspecify.annotations.NullMarked;
