/**
 * What a process gives back to the machine while it has nothing to do. Limits of caches do not
 * belong here: they stand where the caches are.
 */
@NullMarked
package io.liangjiang.platform.memory;

import org.jspecify.annotations.NullMarked;
