/**
 * Time slots: how they are made from templates, how many places are left, how full they are. Sites
 * show them, trips buy them. Places themselves are counted by the platform's reservation engine,
 * not here.
 */
@NullMarked
package io.liangjiang.tourism.slot;

import org.jspecify.annotations.NullMarked;
