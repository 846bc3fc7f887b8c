package io.liangjiang.tourism.purchase;

import io.liangjiang.tourism.slot.TimeSlot;
import java.util.Map;

/**
 * A slot with what is needed to sell it.
 *
 * @param operatorOrganisationId operator of its site, who is paid
 * @param amountMinorByCategory price in fen of each rider category that can buy it
 */
record Offer(
    TimeSlot slot, String operatorOrganisationId, Map<String, Long> amountMinorByCategory) {}
