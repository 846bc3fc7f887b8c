/**
 * The super-app's server behind the mini-programs: a sign-in code becomes an open id, a phone code
 * a number. Signing in uses it. Citizens and sessions do not belong here.
 */
@NullMarked
package io.liangjiang.identity.miniprogram;

import org.jspecify.annotations.NullMarked;
