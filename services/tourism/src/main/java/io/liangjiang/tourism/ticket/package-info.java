/**
 * Tickets and their signed codes. Trips issue and cancel them, the gate redeems them, the citizen
 * shows them. Payment and the rules of entry do not belong here.
 */
@NullMarked
package io.liangjiang.tourism.ticket;

import org.jspecify.annotations.NullMarked;
