/**
 * Identity and payments as healthcare's tests play them, at the wire and with the access rules of
 * the real contracts. Used by the tests of this service only. What the real services do beyond
 * healthcare's calls does not belong here.
 */
@NullMarked
package io.liangjiang.healthcare.fake;

import org.jspecify.annotations.NullMarked;
