/**
 * Keys of the running city that are changed while it runs. Making Secrets before it runs belongs to
 * {@code keys}.
 */
@NullMarked
package io.liangjiang.cityctl.rotation;

import org.jspecify.annotations.NullMarked;
