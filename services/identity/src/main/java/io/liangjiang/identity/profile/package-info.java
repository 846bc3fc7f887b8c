/**
 * The citizen's own profile and how they prove who they are: GB 11643 numbers and the bureau that
 * matches them. Citizens call it through the gateway. Signing in does not belong here.
 */
@NullMarked
package io.liangjiang.identity.profile;

import org.jspecify.annotations.NullMarked;
