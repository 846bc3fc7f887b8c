/**
 * Calls to servers that share a key with the city: requests are signed, answers are believed under
 * their signature alone. The bank and the insurance bureau are called this way; what is said to
 * them is theirs.
 */
@NullMarked
package io.liangjiang.payments.sealed;

import org.jspecify.annotations.NullMarked;
