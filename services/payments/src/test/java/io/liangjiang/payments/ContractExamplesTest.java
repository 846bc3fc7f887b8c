package io.liangjiang.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServiceDescriptor;
import io.liangjiang.payments.collect.CounterpartChannel;
import io.liangjiang.payments.insurance.CounterpartBureau;
import io.liangjiang.payments.mixed.CounterpartMixedOrders;
import io.liangjiang.payments.payer.Phones;
import io.liangjiang.payments.payout.CounterpartBank;
import io.liangjiang.payments.v1.ChargeServiceGrpc;
import io.liangjiang.payments.v1.CombinedOrderServiceGrpc;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import io.liangjiang.payments.v1.MerchantServiceGrpc;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc;
import io.liangjiang.payments.v1.PayoutServiceGrpc;
import io.liangjiang.payments.v1.ReconciliationServiceGrpc;
import io.liangjiang.payments.v1.SettlementServiceGrpc;
import io.liangjiang.payments.v1.StatementServiceGrpc;
import io.liangjiang.payments.v1.WalletServiceGrpc;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.MutableClock;
import io.liangjiang.platform.test.examples.Coverage;
import io.liangjiang.platform.test.examples.OwnershipCells;
import io.liangjiang.platform.test.examples.ParkedExamples;
import io.liangjiang.platform.test.examples.Replay;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import io.liangjiang.platform.v1.PersonalDataServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments answers as the contracts' examples say. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class ContractExamplesTest {
  private static final Duration SETTLEMENT_DELAY = Duration.ofDays(2);
  private static final ServiceDescriptor[] SERVICES = {
    LedgerServiceGrpc.getServiceDescriptor(),
    WalletServiceGrpc.getServiceDescriptor(),
    PaymentOrderServiceGrpc.getServiceDescriptor(),
    CombinedOrderServiceGrpc.getServiceDescriptor(),
    ChargeServiceGrpc.getServiceDescriptor(),
    MerchantServiceGrpc.getServiceDescriptor(),
    SettlementServiceGrpc.getServiceDescriptor(),
    PayoutServiceGrpc.getServiceDescriptor(),
    ReconciliationServiceGrpc.getServiceDescriptor(),
    StatementServiceGrpc.getServiceDescriptor(),
    AccessRecordServiceGrpc.getServiceDescriptor(),
    ParkedEventServiceGrpc.getServiceDescriptor(),
    PersonalDataServiceGrpc.getServiceDescriptor()
  };

  /** Cells of the ownership matrix in which there is nothing that another one owns. */
  private static final Map<String, String> WITHOUT_OBJECT =
      Map.of(
          "StatementService/GetMerchantStatement staff",
              "a file by the token's organisation, which no request can name",
          "PersonalDataService/DescribePersonalData citizen",
              "counts by the token's sub; PersonalDataContract tries it as a stranger");

  @Inject CounterpartChannel channel;
  @Inject CounterpartBank bank;
  @Inject CounterpartBureau bureau;
  @Inject CounterpartMixedOrders mixedOrders;
  @Inject Phones phones;
  @Inject MutableClock clock;
  @Inject ParkedExamples parkedEvents;

  @BeforeEach
  void calm() {
    channel.reset();
    bank.be(CounterpartBank.Mood.PAY);
    bureau.be(CounterpartBureau.Mood.SETTLE);
    mixedOrders.reset();
    phones.knowNobody(false);
    clock.reset();
  }

  @AfterEach
  void backToToday() {
    clock.reset();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ledger",
        "wallet",
        "orders-of-services",
        "orders",
        "charges",
        "merchants",
        "settlements",
        "combined-orders",
        "insurance",
        "statements"
      })
  void answersAsTheExamplesSay(String topic) {
    // The cash part waits for its mixed order, as it does at the channel.
    channel.payAtOnce(!topic.equals("insurance"));
    if (topic.equals("settlements")) {
      clock.advance(SETTLEMENT_DELAY);
    }
    Replay replay = Replay.of("payments/" + topic, SERVICES);
    if (topic.equals("wallet")) {
      replay
          .before(
              "A phone that the channel's mini-program has never seen.",
              () -> phones.knowNobody(true))
          .before("The wallet now.", () -> phones.knowNobody(false));
    }
    replay.run();
  }

  /** A day of the books is named by its date, so it has to be the day of the example. */
  @Test
  void closesADayAsTheExamplesSay() {
    clock.set(Instant.parse("2026-05-01T02:00:00Z"));

    Replay.of("payments/reconciliation", SERVICES).run();
  }

  @Test
  void saysWhoReadWhat() {
    Replay.of("platform/access-records", SERVICES).run();
    Replay.of("platform/personal-data", SERVICES).run();
  }

  @Test
  void letsOperatorsDecideAboutParkedEvents() {
    parkedEvents.play();
  }

  @Test
  void everyRpcHasExamples() {
    assertThat(Coverage.ofDomain("payments").gaps(SERVICES)).isEmpty();
  }

  @Test
  void everyRpcIsTriedAsOthers() {
    assertThat(OwnershipCells.ofDomain("payments", SERVICES).gaps(WITHOUT_OBJECT)).isEmpty();
  }
}
