package io.liangjiang.tourism.site;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.ServiceException;
import io.liangjiang.platform.reservation.PoolState;
import io.liangjiang.platform.reservation.Reservations;
import io.liangjiang.tourism.TourismReason;
import io.liangjiang.tourism.slot.SaleLevel;
import io.liangjiang.tourism.slot.TimeSlot;
import io.liangjiang.tourism.slot.TimeSlots;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shows sites. */
@ApplicationScoped
public class Sites {
  private final Database database;
  private final Reservations reservations;
  private final TimeSlots timeSlots;
  private final InstantSource clock;

  Sites(Database database, Reservations reservations, TimeSlots timeSlots, InstantSource clock) {
    this.database = database;
    this.reservations = reservations;
    this.timeSlots = timeSlots;
    this.clock = clock;
  }

  /** A page of sites in the city's order. */
  Uni<Page.Cut<Site>> list(Page page) {
    long after = page.isFirst() ? 0 : page.keyLong(0);
    return SiteRepository.after(database.client(), after, page.limit())
        .chain(this::complete)
        .map(sites -> page.cut(sites, site -> List.of(String.valueOf(site.facts().position()))));
  }

  /** One site. Errors: SITE_NOT_FOUND. */
  Uni<Site> get(String siteId) {
    return SiteRepository.find(database.client(), siteId)
        .map(
            found ->
                found.orElseThrow(
                    () ->
                        new ServiceException(
                            TourismReason.SITE_NOT_FOUND, "there is no such site")))
        .chain(facts -> complete(List.of(facts)))
        .map(List::getFirst);
  }

  private Uni<List<Site>> complete(List<Site.Facts> facts) {
    var client = database.client();
    var ids = facts.stream().map(Site.Facts::siteId).toList();
    var dayPools = ids.stream().map(this::todaysPool).toList();
    return Uni.combine()
        .all()
        .unis(
            SiteRepository.gates(client, ids),
            SiteRepository.products(client, ids),
            reservations.pools(client, dayPools),
            SiteRepository.visitorsInside(client, ids, clock.instant()))
        .with(
            (gates, products, pools, inside) ->
                facts.stream()
                    .map(
                        site ->
                            new Site(
                                site,
                                gates.getOrDefault(site.siteId(), List.of()),
                                products.getOrDefault(site.siteId(), List.of()),
                                level(
                                    site,
                                    pools.get(todaysPool(site.siteId())),
                                    inside.getOrDefault(site.siteId(), 0L))))
                    .toList());
  }

  private String todaysPool(String siteId) {
    return TimeSlot.dayPoolId(siteId, timeSlots.today());
  }

  private static SaleLevel level(Site.Facts site, @Nullable PoolState day, long inside) {
    SaleLevel crowd = SaleLevel.of(inside, site.instantaneousCapacity());
    return day == null ? crowd : crowd.orWorse(SaleLevel.of(day));
  }
}
