/**
 * Closing the books of a day: the channels' bills, the breaks between them and the books, the
 * close. What a break means belongs to payments.
 */
@NullMarked
package io.liangjiang.cityctl.days;

import org.jspecify.annotations.NullMarked;
