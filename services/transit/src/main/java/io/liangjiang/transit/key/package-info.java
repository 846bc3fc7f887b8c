/**
 * The keys that city codes are signed with: made, kept encrypted, rotated with overlap, published.
 * Issuing and judging codes ask here for keys. What a code says does not belong here.
 */
@NullMarked
package io.liangjiang.transit.key;

import org.jspecify.annotations.NullMarked;
