/**
 * The way of a citizen to a guest: the guest's request, the page in the browser, the citizen's
 * decision in the app, and the code that the guest redeems. The token endpoint redeems codes here.
 * Grants and sessions are kept by guest.
 */
@NullMarked
package io.liangjiang.identity.authorization;

import org.jspecify.annotations.NullMarked;
