/**
 * What must hold before a process serves anybody: a production start refuses development keys,
 * passwords and channels. A service adds a {@link io.liangjiang.platform.startup.ProductionCheck}
 * for each thing of its own that must not reach production. Health of a running process is no
 * matter of this package.
 */
@NullMarked
package io.liangjiang.platform.startup;

import org.jspecify.annotations.NullMarked;
