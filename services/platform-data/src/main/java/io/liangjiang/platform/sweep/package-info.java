/**
 * How work that is done again and again reports: once when what it needs goes away, once when that
 * is back, and every fault. Scheduled methods are heard of by themselves, loops of the platform say
 * it. What a sweep does belongs to its feature.
 */
@NullMarked
package io.liangjiang.platform.sweep;

import org.jspecify.annotations.NullMarked;
