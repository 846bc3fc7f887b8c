/**
 * Who calls: the verified JWT as a {@link io.liangjiang.platform.caller.Caller}, and the check of
 * who may call what. Every service verifies the token again, and the contract's access option says
 * who may call. Issuing tokens does not belong here.
 */
@NullMarked
package io.liangjiang.platform.caller;

import org.jspecify.annotations.NullMarked;
