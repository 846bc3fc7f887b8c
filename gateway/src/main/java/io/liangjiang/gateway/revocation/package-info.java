/**
 * Sessions that were ended before their tokens expired, as identity's event feed tells of them. The
 * edge asks here before it lets a token in. Ending sessions is identity's; verifying tokens is the
 * platform's.
 */
@NullMarked
package io.liangjiang.gateway.revocation;

import org.jspecify.annotations.NullMarked;
