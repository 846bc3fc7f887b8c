/**
 * The insurance bureau as the rest of payments sees it: splits a hospital's bill, says whether it
 * settled its part, takes it back. Nothing here books money.
 */
@NullMarked
package io.liangjiang.payments.insurance;

import org.jspecify.annotations.NullMarked;
