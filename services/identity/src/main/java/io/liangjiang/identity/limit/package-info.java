/**
 * How often something may be tried, counted in the database so that replicas count together, and
 * the address from which a call came. Sign-in, real-name checks and service tokens use it. Limits
 * of load belong to the platform.
 */
@NullMarked
package io.liangjiang.identity.limit;

import org.jspecify.annotations.NullMarked;
