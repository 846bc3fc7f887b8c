/**
 * What all features of the rides service share: its reasons and its settings. Used by every package
 * below. No feature lives here, and nothing here knows a feature.
 */
@NullMarked
package io.liangjiang.transit;

import org.jspecify.annotations.NullMarked;
