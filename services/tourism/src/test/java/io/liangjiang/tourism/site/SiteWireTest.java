package io.liangjiang.tourism.site;

import static io.liangjiang.tourism.city.Visit.await;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.tourism.city.Visit;
import io.liangjiang.tourism.slot.TimeSlots;
import io.liangjiang.tourism.v1.GetSiteRequest;
import io.liangjiang.tourism.v1.ListSitesRequest;
import io.liangjiang.tourism.v1.ListTimeSlotsRequest;
import io.liangjiang.tourism.v1.Product;
import io.liangjiang.tourism.v1.Product.RiderCategory;
import io.liangjiang.tourism.v1.SaleState;
import io.liangjiang.tourism.v1.Site;
import io.liangjiang.tourism.v1.SiteService;
import io.liangjiang.tourism.v1.TimeSlot;
import io.quarkus.grpc.GrpcClient;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Looking around without a token, over the wire and on a real PostgreSQL. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class SiteWireTest {
  @GrpcClient("self")
  SiteService sites;

  @Inject Visit visit;
  @Inject TimeSlots timeSlots;
  @Inject MutableClock clock;
  @Inject Database database;

  @AfterEach
  void resetClock() {
    clock.reset();
  }

  @Test
  void listsTheSitesPageByPageInTheCitysOrder() {
    var first = await(sites.listSites(ListSitesRequest.newBuilder().setPageSize(4).build()));
    var second =
        await(
            sites.listSites(
                ListSitesRequest.newBuilder()
                    .setPageSize(4)
                    .setPageToken(first.getNextPageToken())
                    .build()));

    assertThat(first.getSitesList())
        .extracting(Site::getDisplayName)
        .containsExactly("天生三桥", "仙女山国家森林公园", "龙水峡地缝", "芙蓉洞");
    assertThat(second.getSitesList())
        .extracting(Site::getSiteId)
        .containsExactly(
            "nanchuan-jinfo-mountain", "nanchuan-shenlong-gorge", "three-gorges-museum");
    assertThat(second.getNextPageToken()).isEmpty();
  }

  @Test
  void showsASiteWithGatesProductsAndPrices() {
    var site = await(sites.getSite(GetSiteRequest.newBuilder().setSiteId(Visit.SITE).build()));

    assertThat(site.getDisplayNameEn()).isEqualTo("Three Natural Bridges");
    assertThat(site.getDistrict()).isEqualTo("武隆区");
    assertThat(site.getOperatorOrganisationId()).isEqualTo("wulong-tourism");
    assertThat(site.getGatesList())
        .extracting("gateId")
        .containsExactly(Visit.GATE, Visit.SITE + "-g2");
    assertThat(site.getProductsList())
        .extracting(Product::getProductId)
        .containsExactly(Visit.TWO_DAY, Visit.TIMED);
    assertThat(site.getProducts(0).getPricesList())
        .filteredOn(price -> price.getRiderCategory() == RiderCategory.CHILD)
        .extracting(price -> price.getAmount().getAmountMinor())
        .containsExactly(6250L);
    assertThat(site.getDailyCapacity()).isEqualTo(28000);
    assertThat(site.getSaleState()).isEqualTo(SaleState.ON_SALE);
    assertThat(site.getTimeZone()).isEqualTo("Asia/Shanghai");
  }

  @Test
  void listsTheSlotsOfADayInOrder() {
    var slots = visit.slots(Visit.TIMED, 3);

    assertThat(slots).hasSize(4);
    assertThat(slots).extracting(TimeSlot::getQuota).containsOnly(4000);
    assertThat(slots).extracting(TimeSlot::getRemaining).containsOnly(4000);
    assertThat(slots).extracting(TimeSlot::getSaleState).containsOnly(SaleState.ON_SALE);
    assertThat(slots)
        .isSortedAccordingTo(
            (a, b) -> Long.compare(a.getStartTime().getSeconds(), b.getStartTime().getSeconds()));
  }

  @Test
  void aTwoDayTicketIsInSeasonNow() {
    var slot = visit.twoDaySlot(0);
    var now = clock.instant();

    assertThat(ProtoTime.instant(slot.getStartTime())).isBeforeOrEqualTo(now);
    assertThat(ProtoTime.instant(slot.getEndTime())).isAfter(now.plus(Duration.ofHours(24)));
    assertThat(slot.getRemaining()).isPositive();
    assertThat(visit.twoDaySlot(-1).getRemaining()).isPositive();
  }

  @Test
  void countsHeldPlacesAndWarnsWhenItGetsFull() {
    var slot = visit.slots(Visit.TIMED, 4).getFirst();
    visit.limit(slot, 10);
    var unused = visit.held(UUID.randomUUID(), slot, 8);

    var after = visit.slots(Visit.TIMED, 4).getFirst();

    assertThat(after.getRemaining()).isEqualTo(2);
    assertThat(after.getSaleState()).isEqualTo(SaleState.NEARLY_FULL);
  }

  @Test
  void aSlotThatIsOverIsNotSold() {
    var slot = visit.slots(Visit.TIMED, 1).getFirst();
    clock.set(ProtoTime.instant(slot.getEndTime()));

    var over = visit.slots(Visit.TIMED, 0).getFirst();
    var failure = catchThrowable(() -> visit.held(UUID.randomUUID(), over, 1));

    assertThat(over.getTimeSlotId()).isEqualTo(slot.getTimeSlotId());
    assertThat(over.getSaleState()).isEqualTo(SaleState.ENDED);
    assertThat(over.getRemaining()).isZero();
    // A token of the real clock may be over as well when the day has just begun.
    assertThat(TestCalls.reason(failure)).isIn("SALE_ENDED", "UNAUTHENTICATED");
  }

  @Test
  void makesTheSameSlotsHoweverOftenItRuns() {
    var unused = visit.twoDaySlot(1);
    await(timeSlots.generate());
    long before = count("time_slot");
    long pools = count("reservation_pool");

    await(timeSlots.generate());

    assertThat(count("time_slot")).isEqualTo(before).isPositive();
    assertThat(count("reservation_pool")).isEqualTo(pools);
    clock.advance(Duration.ofDays(1));
    await(timeSlots.generate());
    assertThat(count("time_slot")).isGreaterThan(before);
  }

  @Test
  void saysWhatIsWrongWithTheRequest() {
    assertThat(reason(() -> await(sites.getSite(GetSiteRequest.getDefaultInstance()))))
        .isEqualTo("SITE_NOT_FOUND");
    assertThat(slotsReason("nowhere", "")).isEqualTo("PRODUCT_NOT_FOUND");
    assertThat(slotsReason(Visit.TIMED, "2026-02-30")).isEqualTo("INVALID_ARGUMENT");
    assertThat(slotsReason(Visit.TIMED, "tomorrow")).isEqualTo("INVALID_ARGUMENT");
    assertThat(
            reason(
                () ->
                    await(sites.listSites(ListSitesRequest.newBuilder().setPageSize(-1).build()))))
        .isEqualTo("INVALID_ARGUMENT");
    assertThat(
            reason(
                () ->
                    await(
                        sites.listSites(ListSitesRequest.newBuilder().setPageToken("?").build()))))
        .isEqualTo("INVALID_PAGE_TOKEN");
  }

  private String slotsReason(String productId, String date) {
    var request = ListTimeSlotsRequest.newBuilder().setProductId(productId).setDate(date).build();
    return reason(() -> await(sites.listTimeSlots(request)));
  }

  private long count(String table) {
    return await(database.client().query("select count(*) from " + table).execute())
        .iterator()
        .next()
        .getLong(0);
  }

  private static String reason(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
    return TestCalls.reason(catchThrowable(call));
  }
}
