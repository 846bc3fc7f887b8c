/**
 * Who works in the city, and how their passwords are kept. Signing in uses it. What a role may do
 * is in the contracts.
 */
@NullMarked
package io.liangjiang.identity.staff;

import org.jspecify.annotations.NullMarked;
