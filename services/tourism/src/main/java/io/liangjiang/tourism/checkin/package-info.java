/**
 * Entry at the gate: which ticket a code stands for, whether it opens this gate now, and the record
 * of it. Gate staff use it. Issuing tickets does not belong here.
 */
@NullMarked
package io.liangjiang.tourism.checkin;

import org.jspecify.annotations.NullMarked;
