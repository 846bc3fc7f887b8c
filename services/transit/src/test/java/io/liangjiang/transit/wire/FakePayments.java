package io.liangjiang.transit.wire;

import com.google.protobuf.Any;
import com.google.rpc.Code;
import io.grpc.Grpc;
import io.grpc.InsecureServerCredentials;
import io.grpc.Server;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.liangjiang.payments.v1.Charge;
import io.liangjiang.payments.v1.ChargeServiceGrpc.ChargeServiceImplBase;
import io.liangjiang.payments.v1.CreateChargeRequest;
import io.liangjiang.payments.v1.TopUpSucceeded;
import io.liangjiang.platform.errors.Violations;
import io.liangjiang.platform.test.TestCalls;
import io.liangjiang.platform.time.ProtoTime;
import io.liangjiang.platform.v1.Event;
import io.liangjiang.platform.v1.EventFeedServiceGrpc.EventFeedServiceImplBase;
import io.liangjiang.platform.v1.SubscribeRequest;
import java.io.IOException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Payments at the wire, as its contract says and no kinder: wallets, charges that happen once a
 * request id, top-ups as events, and answers that get lost.
 */
final class FakePayments {
  private record Made(CreateChargeRequest request, Charge charge) {}

  private final Map<String, Long> balances = new HashMap<>();
  private final Map<String, Made> charges = new HashMap<>();
  private final List<Event> events = new ArrayList<>();
  private final List<StreamObserver<Event>> subscribers = new ArrayList<>();
  private boolean losesAnswers;
  private boolean isAway;

  static FakePayments start(int port) throws IOException {
    FakePayments payments = new FakePayments();
    Server server =
        Grpc.newServerBuilderForPort(port, InsecureServerCredentials.create())
            .addService(payments.new Charging())
            .addService(payments.new Feed())
            .build()
            .start();
    Runtime.getRuntime().addShutdownHook(new Thread(server::shutdownNow));
    return payments;
  }

  /** Fills a wallet without telling anybody. */
  synchronized void fill(UUID citizenId, long amountMinor) {
    balances.merge(citizenId.toString(), amountMinor, Long::sum);
  }

  /** Fills a wallet and publishes it. */
  synchronized void topUp(UUID citizenId, long amountMinor) {
    fill(citizenId, amountMinor);
    TopUpSucceeded payload =
        TopUpSucceeded.newBuilder()
            .setTopUpId(UUID.randomUUID().toString())
            .setCitizenId(citizenId.toString())
            .build();
    Event event =
        Event.newBuilder()
            .setEventId(UUID.randomUUID().toString())
            .setCursor(String.valueOf(events.size() + 1))
            .setType("payments.TopUpSucceeded")
            .setPayload(Any.pack(payload))
            .build();
    events.add(event);
    subscribers.forEach(subscriber -> subscriber.onNext(event));
  }

  synchronized long balance(UUID citizenId) {
    return balances.getOrDefault(citizenId.toString(), 0L);
  }

  /** Books charges, but the caller never hears of it. */
  synchronized void setLosesAnswers(boolean loses) {
    losesAnswers = loses;
  }

  synchronized void setAway(boolean away) {
    isAway = away;
  }

  /** Successful charges of a ride. */
  synchronized List<Charge> charges(UUID citizenId) {
    return charges.values().stream()
        .map(Made::charge)
        .filter(charge -> charge.getPayerCitizenId().equals(citizenId.toString()))
        .filter(charge -> charge.getState() == Charge.State.SUCCESS)
        .toList();
  }

  private synchronized Charge charge(CreateChargeRequest request) {
    if (isAway) {
      throw Status.UNAVAILABLE.withDescription("away").asRuntimeException();
    }
    check(request);
    Made known = charges.get(request.getRequestId());
    if (known != null && !known.request().equals(request)) {
      throw TestCalls.refusal(Code.ALREADY_EXISTS, "REQUEST_ID_REUSED");
    }
    Made made = known == null ? book(request) : known;
    charges.put(request.getRequestId(), made);
    if (losesAnswers) {
      throw Status.UNAVAILABLE.withDescription("the answer is lost").asRuntimeException();
    }
    return made.charge();
  }

  private Made book(CreateChargeRequest request) {
    long amount = request.getAmount().getAmountMinor();
    long left = balances.getOrDefault(request.getPayerCitizenId(), 0L) - amount;
    if (left >= 0) {
      balances.put(request.getPayerCitizenId(), left);
    }
    return new Made(
        request,
        Charge.newBuilder()
            .setChargeId(UUID.randomUUID().toString())
            .setPayerCitizenId(request.getPayerCitizenId())
            .setMerchantId(request.getMerchantId())
            .setBusinessReference(request.getBusinessReference())
            .setDescription(request.getDescription())
            .setAmount(request.getAmount())
            .setState(left >= 0 ? Charge.State.SUCCESS : Charge.State.PAY_FAIL)
            .setCreateTime(ProtoTime.timestamp(InstantSource.system().instant()))
            .build());
  }

  private static void check(CreateChargeRequest request) {
    int description = request.getDescription().length();
    boolean ok =
        Violations.isUuid(request.getRequestId())
            && Violations.isUuid(request.getPayerCitizenId())
            && !request.getBusinessReference().isEmpty()
            && description >= 1
            && description <= 200
            && request.getAmount().getAmountMinor() > 0
            && request.getAmount().getCurrencyCode().equals("CNY");
    if (!ok) {
      throw Status.INVALID_ARGUMENT.withDescription(request.toString()).asRuntimeException();
    }
    if (!request.getMerchantId().equals("liangjiang-bus")) {
      throw TestCalls.refusal(
          Code.NOT_FOUND, "MERCHANT_NOT_FOUND", Map.of("merchantId", request.getMerchantId()));
    }
  }

  private final class Charging extends ChargeServiceImplBase {
    @Override
    public void createCharge(CreateChargeRequest request, StreamObserver<Charge> answer) {
      try {
        answer.onNext(charge(request));
        answer.onCompleted();
      } catch (RuntimeException e) {
        answer.onError(e);
      }
    }
  }

  private final class Feed extends EventFeedServiceImplBase {
    @Override
    public void subscribe(SubscribeRequest request, StreamObserver<Event> subscriber) {
      synchronized (FakePayments.this) {
        int from = request.getCursor().isEmpty() ? 0 : Integer.parseInt(request.getCursor());
        events.subList(from, events.size()).forEach(subscriber::onNext);
        subscribers.add(subscriber);
      }
    }
  }
}
