/**
 * What must be stored unreadable: sealing and keyed hashes under keys derived from one master key.
 * Used by the features that keep holders' data and signing keys. Signing tickets does not belong
 * here: that needs keys the public can check.
 */
@NullMarked
package io.liangjiang.tourism.secret;

import org.jspecify.annotations.NullMarked;
