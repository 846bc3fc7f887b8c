/**
 * Where a call roughly comes from: the city of its address, as a file of the operator's knows it.
 * The list of sessions shows it, so that a citizen knows a stranger's sign-in. Addresses are kept
 * nowhere here, and limits by address belong to limit.
 */
@NullMarked
package io.liangjiang.identity.place;

import org.jspecify.annotations.NullMarked;
