/**
 * Whose something is: a citizen's or a staff member's. Sessions, passkeys and the ways to sign in
 * use it. What is known of either belongs to citizen and staff.
 */
@NullMarked
package io.liangjiang.identity.account;

import org.jspecify.annotations.NullMarked;
