package io.liangjiang.payments;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServiceDescriptor;
import io.liangjiang.payments.collect.CounterpartChannel;
import io.liangjiang.payments.v1.ChargeServiceGrpc;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import io.liangjiang.payments.v1.MerchantServiceGrpc;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc;
import io.liangjiang.payments.v1.WalletServiceGrpc;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.examples.Coverage;
import io.liangjiang.platform.test.examples.Replay;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments answers as the contracts' examples say. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class ContractExamplesTest {
  private static final ServiceDescriptor[] SERVICES = {
    LedgerServiceGrpc.getServiceDescriptor(),
    WalletServiceGrpc.getServiceDescriptor(),
    PaymentOrderServiceGrpc.getServiceDescriptor(),
    ChargeServiceGrpc.getServiceDescriptor(),
    MerchantServiceGrpc.getServiceDescriptor(),
    AccessRecordServiceGrpc.getServiceDescriptor()
  };

  @Inject CounterpartChannel channel;

  @BeforeEach
  void calm() {
    channel.reset();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ledger", "wallet", "orders-of-services", "orders", "charges", "merchants"})
  void answersAsTheExamplesSay(String topic) {
    Replay.of("payments/" + topic, SERVICES).run();
  }

  @Test
  void saysWhoReadWhat() {
    Replay.of("platform/access-records", SERVICES).run();
  }

  @Test
  void everyRpcHasExamples() {
    assertThat(Coverage.ofDomain("payments").gaps(SERVICES)).isEmpty();
  }
}
