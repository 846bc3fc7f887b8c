package io.liangjiang.transit.wire;

import com.google.protobuf.Timestamp;
import io.grpc.Channel;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.test.TestTokens;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.AssuranceLevel;
import io.liangjiang.transit.ride.Charges;
import io.liangjiang.transit.v1.CityCodeService;
import io.liangjiang.transit.v1.CreateCityCodeRequest;
import io.liangjiang.transit.v1.LineService;
import io.liangjiang.transit.v1.ListRidesRequest;
import io.liangjiang.transit.v1.Ride;
import io.liangjiang.transit.v1.RideService;
import io.liangjiang.transit.v1.Tap;
import io.liangjiang.transit.v1.TapResult;
import io.liangjiang.transit.v1.TapService;
import io.liangjiang.transit.v1.UploadTapsRequest;
import io.quarkus.grpc.GrpcClient;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/** What the wire tests do over and over: callers with real tokens, and payments beside. */
@Singleton
public class TransitCity {
  static final String LINE = "cq-503";
  static final String OPERATOR = "liangjiang-bus";
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final CityCodeService codes;
  private final TapService taps;
  private final RideService rides;
  private final LineService lines;
  private final Charges charges;
  private final FakePayments payments;
  private final InstantSource clock;

  TransitCity(
      @GrpcClient("self") CityCodeService codes,
      @GrpcClient("self") TapService taps,
      @GrpcClient("self") RideService rides,
      @GrpcClient("self") LineService lines,
      Charges charges,
      InstantSource clock,
      @GrpcClient("payments") Channel toPayments,
      @ConfigProperty(name = "quarkus.grpc.clients.payments.port") int paymentsPort) {
    this.codes = codes;
    this.taps = taps;
    this.rides = rides;
    this.lines = lines;
    this.charges = charges;
    this.clock = clock;
    try {
      this.payments = FakePayments.start(paymentsPort);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    awaitReady((ManagedChannel) toPayments);
  }

  /**
   * The feed may have looked for payments before it was there, and would pause before it looks
   * again.
   */
  private static void awaitReady(ManagedChannel channel) {
    channel.resetConnectBackoff();
    var ready = new CompletableFuture<Void>();
    follow(channel, ready);
    ready.orTimeout(LIMIT.toSeconds(), TimeUnit.SECONDS).join();
  }

  private static void follow(ManagedChannel channel, CompletableFuture<Void> ready) {
    ConnectivityState state = channel.getState(true);
    if (state == ConnectivityState.READY) {
      ready.complete(null);
    } else {
      channel.notifyWhenStateChanged(state, () -> follow(channel, ready));
    }
  }

  static <T> T await(Uni<T> uni) {
    return uni.await().atMost(LIMIT);
  }

  static String requestId() {
    return UUID.randomUUID().toString();
  }

  static String citizenToken(UUID citizenId) {
    return TestTokens.citizen(citizenId, AssuranceLevel.BASIC);
  }

  static String operatorToken() {
    return TestTokens.staff("bus-operator", OPERATOR);
  }

  FakePayments payments() {
    return payments;
  }

  CityCodeService codes() {
    return codes;
  }

  CityCodeService codesOf(String token) {
    return TestCalls.as(codes, token);
  }

  TapService tapsOf(String token) {
    return TestCalls.as(taps, token);
  }

  RideService ridesOf(String token) {
    return TestCalls.as(rides, token);
  }

  LineService lines() {
    return lines;
  }

  Instant now() {
    return clock.instant();
  }

  void chargeDue() {
    await(charges.chargeDue());
  }

  String code(UUID citizenId) {
    return await(
            codesOf(citizenToken(citizenId))
                .createCityCode(
                    CreateCityCodeRequest.newBuilder().setRequestId(requestId()).build()))
        .getCode();
  }

  Tap tap(String code) {
    return tap(code, clock.instant());
  }

  Tap tap(String code, Instant tapTime) {
    return Tap.newBuilder()
        .setTapId(requestId())
        .setCode(code)
        .setLineId(LINE)
        .setVehicleId("渝A00001D")
        .setStopId("stop-1")
        .setTapTime(time(tapTime))
        .build();
  }

  static Timestamp time(Instant instant) {
    return ProtoTime.timestamp(instant);
  }

  List<TapResult> upload(List<Tap> taps) {
    return await(
            tapsOf(operatorToken())
                .uploadTaps(
                    UploadTapsRequest.newBuilder()
                        .setRequestId(requestId())
                        .addAllTaps(taps)
                        .build()))
        .getResultsList();
  }

  TapResult upload(Tap tap) {
    return upload(List.of(tap)).getFirst();
  }

  List<Ride> rides(UUID citizenId) {
    return await(
            ridesOf(citizenToken(citizenId))
                .listRides(ListRidesRequest.newBuilder().setPageSize(100).build()))
        .getRidesList();
  }
}
