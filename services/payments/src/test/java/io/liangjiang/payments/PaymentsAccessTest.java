package io.liangjiang.payments;

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
import io.liangjiang.platform.test.AccessMatrix;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class PaymentsAccessTest {
  @Test
  void everyRpcLetsInWhomItsContractNames() {
    AccessMatrix.check(
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
        ParkedEventServiceGrpc.getServiceDescriptor());
  }
}
