/**
 * Citizen identification numbers as GB 11643 writes them. Used by every service that takes one from
 * a citizen. Matching a number with the register, keeping and hashing it do not belong here.
 */
@NullMarked
package io.liangjiang.platform.citizenid;

import org.jspecify.annotations.NullMarked;
