package io.liangjiang.tourism.site;

import io.liangjiang.tourism.slot.SaleLevel;
import java.util.List;

/** A place with gates that needs a ticket, and how full it is now. */
record Site(Facts facts, List<Gate> gates, List<Product> products, SaleLevel level) {

  /**
   * What the city's data say of a site; capacities are visitors a day and visitors at one moment.
   */
  record Facts(
      String siteId,
      int position,
      String displayName,
      String displayNameEn,
      String district,
      String operatorOrganisationId,
      int dailyCapacity,
      int instantaneousCapacity) {}

  /** One entrance. */
  record Gate(String gateId, String displayName) {}

  /** A kind of ticket. */
  record Product(
      String productId,
      String siteId,
      String displayName,
      String displayNameEn,
      List<Price> prices) {}

  /** What a ticket costs a rider category, in fen. */
  record Price(String riderCategory, long amountMinor) {}
}
