package io.liangjiang.tourism.city;

import static java.time.format.DateTimeFormatter.BASIC_ISO_DATE;

import io.liangjiang.platform.citizenid.CitizenIdNumber;
import io.liangjiang.platform.data.Database;
import io.liangjiang.platform.reservation.Reservations;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.tourism.v1.CreateTripRequest;
import io.liangjiang.tourism.v1.GetTripRequest;
import io.liangjiang.tourism.v1.ListTimeSlotsRequest;
import io.liangjiang.tourism.v1.Product.RiderCategory;
import io.liangjiang.tourism.v1.SiteService;
import io.liangjiang.tourism.v1.TimeSlot;
import io.liangjiang.tourism.v1.Trip;
import io.liangjiang.tourism.v1.TripService;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/** What tests do again and again: look for a slot, buy, pay, each over the wire. */
@ApplicationScoped
public class Visit {
  /** Site, product and gate of the shipped data that tests use. */
  public static final String SITE = "wulong-three-natural-bridges";

  public static final String TWO_DAY = SITE + "-two-day";
  public static final String TIMED = SITE + "-timed";
  public static final String GATE = SITE + "-g1";
  public static final String OPERATOR = "wulong-tourism";

  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration POLL = Duration.ofMillis(50);
  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

  /** Adults are born in the seventies, eighties or nineties. */
  private static final int BIRTH_DATES = 10_000;

  private static final int ORDERS_OF_A_DAY = 1000;

  /** Starts anywhere: the database may know who came in an earlier run of the application. */
  private static final AtomicInteger PEOPLE =
      new AtomicInteger(ThreadLocalRandom.current().nextInt(BIRTH_DATES * ORDERS_OF_A_DAY));

  private final SiteService sites;
  private final TripService trips;
  private final OrderBook orders;
  private final Database database;
  private final Reservations reservations;
  private final MutableClock clock;

  Visit(
      @GrpcClient("self") SiteService sites,
      @GrpcClient("self") TripService trips,
      OrderBook orders,
      Database database,
      Reservations reservations,
      MutableClock clock) {
    this.sites = sites;
    this.trips = trips;
    this.orders = orders;
    this.database = database;
    this.reservations = reservations;
    this.clock = clock;
  }

  public static <T> T await(Uni<T> uni) {
    return uni.await().atMost(LIMIT);
  }

  /** The contract's TripService as a citizen who has proved the name. */
  public TripService as(UUID citizenId) {
    return TestCalls.as(trips, token(citizenId));
  }

  /** The token of a citizen who has proved the name. */
  public String token(UUID citizenId) {
    return TestTokens.citizen(citizenId, AssuranceLevel.REAL_NAME);
  }

  /** The slot of the two-day ticket that starts so many days from today. */
  public TimeSlot twoDaySlot(int daysAhead) {
    return slots(TWO_DAY, daysAhead).getFirst();
  }

  public List<TimeSlot> slots(String productId, int daysAhead) {
    var date = LocalDate.ofInstant(clock.instant(), ZONE).plusDays(daysAhead);
    var request =
        ListTimeSlotsRequest.newBuilder().setProductId(productId).setDate(date.toString()).build();
    // Slots are made in the background when the process starts.
    return until(() -> sites.listTimeSlots(request), list -> list.getTimeSlotsCount() > 0)
        .getTimeSlotsList();
  }

  /** Leaves the slot so many places. */
  public void limit(TimeSlot slot, int places) {
    String poolId = "time-slot/" + slot.getTimeSlotId();
    await(database.inTransaction(tx -> reservations.definePools(tx, Map.of(poolId, places))));
  }

  /** A request for adults, each with a document of its own. */
  public static CreateTripRequest adults(TimeSlot slot, int count) {
    var request = CreateTripRequest.newBuilder().setRequestId(UUID.randomUUID().toString());
    IntStream.range(0, count).forEach(i -> request.addItems(adult(slot, newIdNumber())));
    return request.build();
  }

  /** A ticket for an adult with that document. */
  public static CreateTripRequest.Item adult(TimeSlot slot, String idNumber) {
    return CreateTripRequest.Item.newBuilder()
        .setTimeSlotId(slot.getTimeSlotId())
        .setRiderCategory(RiderCategory.ADULT)
        .setHolder(CreateTripRequest.Holder.newBuilder().setName("张小明").setIdNumber(idNumber))
        .build();
  }

  /** A child's ticket for a dependant. */
  public static CreateTripRequest.Item child(TimeSlot slot, UUID dependantId) {
    return CreateTripRequest.Item.newBuilder()
        .setTimeSlotId(slot.getTimeSlotId())
        .setRiderCategory(RiderCategory.CHILD)
        .setHolder(CreateTripRequest.Holder.newBuilder().setDependantId(dependantId.toString()))
        .build();
  }

  /**
   * A well-formed number of nobody in particular, and of no other holder: a document that has a
   * ticket for the time slot gets no second one.
   */
  public static String newIdNumber() {
    int person = PEOPLE.getAndIncrement();
    var birth = LocalDate.EPOCH.plusDays(person % BIRTH_DATES);
    String digits =
        "500232%s%03d"
            .formatted(birth.format(BASIC_ISO_DATE), person / BIRTH_DATES % ORDERS_OF_A_DAY);
    return "0123456789X"
        .chars()
        .mapToObj(check -> digits + (char) check)
        .filter(number -> CitizenIdNumber.parse(number).isPresent())
        .findFirst()
        .orElseThrow();
  }

  /** A trip of that many adults, held and waiting for payment. */
  public Trip held(UUID citizenId, TimeSlot slot, int adults) {
    return await(as(citizenId).createTrip(adults(slot, adults)));
  }

  /** A trip of that many adults, paid and confirmed. */
  public Trip confirmed(UUID citizenId, TimeSlot slot, int adults) {
    var trip = held(citizenId, slot, adults);
    orders.payQuietly(trip.getPaymentOrderId());
    return get(citizenId, trip.getTripId());
  }

  public Trip get(UUID citizenId, String tripId) {
    return await(as(citizenId).getTrip(GetTripRequest.newBuilder().setTripId(tripId).build()));
  }

  /** The trip, once it is in the state: events come in by themselves. */
  public Trip awaitState(UUID citizenId, String tripId, Trip.State state) {
    var request = GetTripRequest.newBuilder().setTripId(tripId).build();
    return until(() -> as(citizenId).getTrip(request), trip -> trip.getState() == state);
  }

  /** Asks until the answer is as wanted. */
  public static <T> T until(Supplier<Uni<? extends T>> question, Predicate<T> wanted) {
    return await(
        Uni.createFrom()
            .deferred(question)
            .invoke(
                answer -> {
                  if (!wanted.test(answer)) {
                    throw new NotYet();
                  }
                })
            .onFailure(NotYet.class)
            .retry()
            .withBackOff(POLL, POLL)
            .indefinitely());
  }

  private static final class NotYet extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
