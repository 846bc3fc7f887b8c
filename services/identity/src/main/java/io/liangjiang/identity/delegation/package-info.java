/**
 * Who may act for whom: delegations that citizens give each other, parents' powers by law, and the
 * tokens to act with. Phones and the gateway use it. Dependants without an account, and what a
 * power lets somebody do in a service, do not belong here.
 */
@NullMarked
package io.liangjiang.identity.delegation;

import org.jspecify.annotations.NullMarked;
