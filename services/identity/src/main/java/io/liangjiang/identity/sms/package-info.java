/**
 * One-time codes by SMS: sent within limits, stored as keyed hashes, checked a few times. Signing
 * in and linking a number use it. Whose number it is belongs to citizen.
 */
@NullMarked
package io.liangjiang.identity.sms;

import org.jspecify.annotations.NullMarked;
