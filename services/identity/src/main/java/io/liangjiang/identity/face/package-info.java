/**
 * Proving by the face who a citizen is: an optional provider, a consent of its own, the level that
 * comes of it. Citizens call it through the gateway. Names and numbers belong to profile.
 */
@NullMarked
package io.liangjiang.identity.face;

import org.jspecify.annotations.NullMarked;
