/**
 * Erasures that citizens asked for: how far they are, what holds them, and on with them. What is
 * erased belongs to the services.
 */
@NullMarked
package io.liangjiang.cityctl.erasures;

import org.jspecify.annotations.NullMarked;
