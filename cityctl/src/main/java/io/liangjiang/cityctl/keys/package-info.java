/**
 * Makes the secrets of a city that are missing: master keys, client secrets, passwords. The chart's
 * Job runs it before install and upgrade. It changes no secret that is there, and prints none.
 */
@NullMarked
package io.liangjiang.cityctl.keys;

import org.jspecify.annotations.NullMarked;
