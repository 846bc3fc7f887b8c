/**
 * Accounts of the city's staff and who gives them their roles: nobody alone gives a powerful one.
 * Used by administrators and auditors through the gateway. Signing in is staff's and session's.
 */
@NullMarked
package io.liangjiang.identity.administration;

import org.jspecify.annotations.NullMarked;
