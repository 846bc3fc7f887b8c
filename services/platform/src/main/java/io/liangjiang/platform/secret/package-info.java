/**
 * What must be stored unreadable: keys derived from a service's one master key, and sealing under
 * them. Used by every service that keeps personal numbers or signing keys. Signing does not belong
 * here: that needs keys the public can check.
 */
@NullMarked
package io.liangjiang.platform.secret;

import org.jspecify.annotations.NullMarked;
