/**
 * Measurements: the product and a peer in turn in one run, as rates and as CPU time, because the
 * machines are shared and noisy. Run by {@code make bench}; nothing of it is deployed. Correctness
 * is tested elsewhere, but every answer is checked here too.
 */
@NullMarked
package io.liangjiang.bench;

import org.jspecify.annotations.NullMarked;
