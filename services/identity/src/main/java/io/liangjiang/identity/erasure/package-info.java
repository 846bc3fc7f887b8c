/**
 * Erasing a citizen: asked for, cancelled or begun after some days, then service after service,
 * ended with a certificate of what was erased and what the law has kept. What a service erases is
 * its own catalogue's to say and not here.
 */
@NullMarked
package io.liangjiang.identity.erasure;

import org.jspecify.annotations.NullMarked;
