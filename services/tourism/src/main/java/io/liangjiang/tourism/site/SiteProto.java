package io.liangjiang.tourism.site;

import io.liangjiang.platform.data.Page;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Money;
import io.liangjiang.tourism.slot.SaleLevel;
import io.liangjiang.tourism.slot.TimeSlots.Room;
import io.liangjiang.tourism.v1.Gate;
import io.liangjiang.tourism.v1.ListSitesResponse;
import io.liangjiang.tourism.v1.ListTimeSlotsResponse;
import io.liangjiang.tourism.v1.Product;
import io.liangjiang.tourism.v1.SaleState;
import io.liangjiang.tourism.v1.TimeSlot;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sites and slots as the contract writes them. */
final class SiteProto {
  private SiteProto() {}

  static ListSitesResponse toResponse(Page.Cut<Site> sites, ZoneId zone) {
    return ListSitesResponse.newBuilder()
        .addAllSites(sites.items().stream().map(site -> toProto(site, zone)).toList())
        .setNextPageToken(sites.nextPageToken())
        .build();
  }

  static io.liangjiang.tourism.v1.Site toProto(Site site, ZoneId zone) {
    var facts = site.facts();
    return io.liangjiang.tourism.v1.Site.newBuilder()
        .setSiteId(facts.siteId())
        .setDisplayName(facts.displayName())
        .setDisplayNameEn(facts.displayNameEn())
        .setDistrict(facts.district())
        .setOperatorOrganisationId(facts.operatorOrganisationId())
        .addAllGates(site.gates().stream().map(SiteProto::toProto).toList())
        .addAllProducts(site.products().stream().map(SiteProto::toProto).toList())
        .setDailyCapacity(facts.dailyCapacity())
        .setInstantaneousCapacity(facts.instantaneousCapacity())
        .setSaleState(toProto(site.level()))
        .setTimeZone(zone.getId())
        .build();
  }

  static ListTimeSlotsResponse toResponse(Page.Cut<Room> rooms) {
    return ListTimeSlotsResponse.newBuilder()
        .addAllTimeSlots(rooms.items().stream().map(SiteProto::toProto).toList())
        .setNextPageToken(rooms.nextPageToken())
        .build();
  }

  /** Reads a date; null for an empty text. Errors: INVALID_ARGUMENT. */
  static @Nullable LocalDate date(String text) {
    var parsed = parse(text);
    new Violations()
        .require(text.isEmpty() || parsed.isPresent(), "date", "must be a date, YYYY-MM-DD")
        .throwIfAny();
    return parsed.orElse(null);
  }

  private static Optional<LocalDate> parse(String text) {
    try {
      return Optional.of(LocalDate.parse(text))
          .filter(date -> date.getYear() >= 2000 && date.getYear() < 3000);
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }

  private static Gate toProto(Site.Gate gate) {
    return Gate.newBuilder().setGateId(gate.gateId()).setDisplayName(gate.displayName()).build();
  }

  private static Product toProto(Site.Product product) {
    return Product.newBuilder()
        .setProductId(product.productId())
        .setSiteId(product.siteId())
        .setDisplayName(product.displayName())
        .setDisplayNameEn(product.displayNameEn())
        .addAllPrices(product.prices().stream().map(SiteProto::toProto).toList())
        .build();
  }

  private static Product.Price toProto(Site.Price price) {
    return Product.Price.newBuilder()
        .setRiderCategory(Product.RiderCategory.valueOf(price.riderCategory()))
        .setAmount(Money.newBuilder().setAmountMinor(price.amountMinor()).setCurrencyCode("CNY"))
        .build();
  }

  private static TimeSlot toProto(Room room) {
    var slot = room.slot();
    return TimeSlot.newBuilder()
        .setTimeSlotId(slot.timeSlotId().toString())
        .setProductId(slot.productId())
        .setStartTime(ProtoTime.timestamp(slot.times().start()))
        .setEndTime(ProtoTime.timestamp(slot.times().end()))
        .setQuota(room.quota())
        .setRemaining(room.remaining())
        .setSaleState(toProto(room.level()))
        .build();
  }

  private static SaleState toProto(SaleLevel level) {
    return SaleState.valueOf(level.name());
  }
}
