/**
 * Parks and museums: sites, timed tickets, trips as one purchase, entry at the gate. This package
 * holds what all features of the service share: its reasons and its settings. Features live in
 * packages of their own.
 */
@NullMarked
package io.liangjiang.tourism;

import org.jspecify.annotations.NullMarked;
