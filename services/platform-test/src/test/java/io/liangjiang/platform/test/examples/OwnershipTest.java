package io.liangjiang.platform.test.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;

import com.google.protobuf.Message;
import com.google.rpc.Code;
import io.grpc.MethodDescriptor;
import io.liangjiang.identity.v1.DelegationServiceGrpc;
import io.liangjiang.identity.v1.EndDelegationRequest;
import io.liangjiang.payments.v1.CreatePaymentOrderRequest;
import io.liangjiang.payments.v1.GetMerchantRequest;
import io.liangjiang.payments.v1.GetPaymentOrderRequest;
import io.liangjiang.payments.v1.PaymentOrder;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.tourism.v1.CancelTripRequest;
import io.liangjiang.tourism.v1.CreateTripRequest;
import io.liangjiang.tourism.v1.GetTripRequest;
import io.liangjiang.tourism.v1.ListTimeSlotsRequest;
import io.liangjiang.tourism.v1.ListTimeSlotsResponse;
import io.liangjiang.tourism.v1.ListTripsRequest;
import io.liangjiang.tourism.v1.ListTripsResponse;
import io.liangjiang.tourism.v1.SiteServiceGrpc;
import io.liangjiang.tourism.v1.TimeSlot;
import io.liangjiang.tourism.v1.Trip;
import io.liangjiang.tourism.v1.TripServiceGrpc;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** The matrix names each planted bug, and nothing in a service without one. */
class OwnershipTest {
  private static final String CITIZEN = UUID.randomUUID().toString();
  private static final String TRIP = UUID.randomUUID().toString();

  /** A service with one trip of one citizen, and where its bugs are. */
  private enum Bug {
    NONE,
    GIVES_TRIPS_TO_ANYBODY,
    SAYS_THAT_IT_IS_ANOTHERS,
    WORDS_DIFFER,
    LISTS_EVERYBODYS_TRIPS,
    LETS_EVERY_DELEGATE_IN,
    LETS_NO_DELEGATE_IN,
    REMEMBERS_ANSWERS_FOR_ANYBODY
  }

  private record Service(Bug bug) implements Ownership.Wire {
    @Override
    public Message call(MethodDescriptor<Message, Message> method, String token, Message request) {
      String claims =
          new String(
              Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]), StandardCharsets.UTF_8);
      boolean owner = claims.contains("\"sub\":\"" + CITIZEN + "\"");
      boolean acting = claims.contains("\"act\"");
      boolean powerful =
          claims.contains(request instanceof CancelTripRequest ? "tourism.book" : "tourism.read");
      if (acting && bug == Bug.LETS_NO_DELEGATE_IN) {
        throw TestCalls.refusal(Code.PERMISSION_DENIED, "ACTING_NOT_ALLOWED");
      }
      if (acting && !powerful && bug != Bug.LETS_EVERY_DELEGATE_IN) {
        throw TestCalls.refusal(Code.PERMISSION_DENIED, "POWER_NOT_GIVEN");
      }
      if (request instanceof CreateTripRequest) {
        return bug == Bug.REMEMBERS_ANSWERS_FOR_ANYBODY
            ? trip()
            : Trip.newBuilder().setTripId(UUID.randomUUID().toString()).build();
      }
      if (request instanceof ListTripsRequest) {
        var list = ListTripsResponse.newBuilder();
        return owner || bug == Bug.LISTS_EVERYBODYS_TRIPS
            ? list.addTrips(trip()).build()
            : list.build();
      }
      if (!owner && bug != Bug.GIVES_TRIPS_TO_ANYBODY) {
        throw refusal(request.toString().contains(TRIP));
      }
      return trip();
    }

    private RuntimeException refusal(boolean exists) {
      if (exists && bug == Bug.SAYS_THAT_IT_IS_ANOTHERS) {
        return TestCalls.refusal(Code.PERMISSION_DENIED, "PERMISSION_DENIED");
      }
      boolean other = exists && bug == Bug.WORDS_DIFFER;
      return TestCalls.refusal(Code.NOT_FOUND, other ? "TRIP_OF_ANOTHER" : "TRIP_NOT_FOUND");
    }
  }

  private static Trip trip() {
    return Trip.newBuilder().setTripId(TRIP).build();
  }

  @SuppressWarnings("unchecked")
  private static MethodDescriptor<Message, Message> method(MethodDescriptor<?, ?> method) {
    return (MethodDescriptor<Message, Message>) method;
  }

  private static void check(Bug bug) {
    var ownership = new Ownership(new Service(bug), Others.ofTests(), true);
    String caller = "citizen " + CITIZEN;
    var list = ListTripsRequest.getDefaultInstance();
    var listed = ListTripsResponse.newBuilder().addTrips(trip()).build();
    ownership.learn(TripServiceGrpc.getListTripsMethod(), list, listed);
    ownership.probe(
        caller,
        method(TripServiceGrpc.getGetTripMethod()),
        GetTripRequest.newBuilder().setTripId(TRIP).build());
    ownership.probe(caller, method(TripServiceGrpc.getListTripsMethod()), list);
    ownership.probe(
        caller,
        method(TripServiceGrpc.getCancelTripMethod()),
        CancelTripRequest.newBuilder().setTripId(TRIP).build());
    ownership.probeCopy(
        caller,
        method(TripServiceGrpc.getCreateTripMethod()),
        CreateTripRequest.newBuilder().setRequestId(UUID.randomUUID().toString()).build(),
        trip());
  }

  @Test
  void findsNothingInAServiceWithoutBugs() {
    assertThatCode(() -> check(Bug.NONE)).doesNotThrowAnyException();
  }

  @Test
  void namesEveryPlantedBug() {
    for (Bug bug : Bug.values()) {
      if (bug != Bug.NONE) {
        assertThat(catchThrowable(() -> check(bug)))
            .as(bug.name())
            .isInstanceOf(AssertionError.class)
            .hasMessageContaining("TripService/");
      }
    }
  }

  @Test
  void whatNoDelegateMayDoIsClosedToAllPowers() {
    Ownership.Wire lax = (method, token, request) -> trip();
    var ownership = new Ownership(lax, Others.ofTests(), true);

    assertThat(
            catchThrowable(
                () ->
                    ownership.probe(
                        "citizen " + CITIZEN,
                        method(DelegationServiceGrpc.getEndDelegationMethod()),
                        EndDelegationRequest.getDefaultInstance())))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("EndDelegation");
  }

  /** An order that a service made is its payer's and its merchant's, and nobody else's. */
  @Test
  void whatAServiceMadeIsNotEverybodys() {
    Ownership.Wire lax = (method, token, request) -> PaymentOrder.getDefaultInstance();
    var read = method(PaymentOrderServiceGrpc.getGetPaymentOrderMethod());
    var request = GetPaymentOrderRequest.newBuilder().setPaymentOrderId(TRIP).build();
    var ownership = new Ownership(lax, Others.ofTests(), false);
    ownership.learn(
        PaymentOrderServiceGrpc.getCreatePaymentOrderMethod(),
        CreatePaymentOrderRequest.getDefaultInstance(),
        PaymentOrder.newBuilder().setPaymentOrderId(TRIP).build());

    for (String caller : List.of("citizen " + CITIZEN, "staff merchant wulong-tourism")) {
      assertThat(catchThrowable(() -> ownership.probe(caller, read, request)))
          .as(caller)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("GetPaymentOrder");
    }
  }

  @Test
  void whatEverybodyMayReadIsNobodysObject() {
    var owned = new Owned();
    owned.learn(
        SiteServiceGrpc.getListTimeSlotsMethod(),
        ListTimeSlotsRequest.getDefaultInstance(),
        ListTimeSlotsResponse.newBuilder()
            .addTimeSlots(TimeSlot.newBuilder().setTimeSlotId(TRIP))
            .build());

    var booked =
        CreateTripRequest.newBuilder()
            .addItems(CreateTripRequest.Item.newBuilder().setTimeSlotId(TRIP))
            .build();
    assertThat(owned.objects("citizen " + CITIZEN, booked)).isEmpty();
  }

  @Test
  void anOrganisationIsAnObjectToItsStaff() {
    var request = GetMerchantRequest.newBuilder().setMerchantId("wulong-tourism").build();

    assertThat(new Owned().objects("staff merchant wulong-tourism", request))
        .containsExactly("wulong-tourism");
    assertThat(new Owned().objects("staff merchant", request)).isEmpty();
  }
}
