package io.liangjiang.payments;

import io.liangjiang.payments.collect.CounterpartChannel;
import io.liangjiang.payments.v1.ChargeServiceGrpc;
import io.liangjiang.payments.v1.LedgerServiceGrpc;
import io.liangjiang.payments.v1.MerchantServiceGrpc;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc;
import io.liangjiang.payments.v1.WalletServiceGrpc;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.test.examples.Replay;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Payments answers as the contracts' examples say. */
@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class ContractExamplesTest {
  @Inject CounterpartChannel channel;

  @BeforeEach
  void calm() {
    channel.reset();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"ledger", "wallet", "orders-of-services", "orders", "charges", "merchants"})
  void answersAsTheExamplesSay(String topic) {
    Replay.of(
            "payments/" + topic,
            LedgerServiceGrpc.getServiceDescriptor(),
            WalletServiceGrpc.getServiceDescriptor(),
            PaymentOrderServiceGrpc.getServiceDescriptor(),
            ChargeServiceGrpc.getServiceDescriptor(),
            MerchantServiceGrpc.getServiceDescriptor())
        .run();
  }
}
