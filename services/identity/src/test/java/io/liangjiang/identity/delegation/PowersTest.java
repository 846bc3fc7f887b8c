package io.liangjiang.identity.delegation;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ServiceDescriptor;
import io.liangjiang.healthcare.v1.AppointmentServiceGrpc;
import io.liangjiang.payments.v1.CombinedOrderServiceGrpc;
import io.liangjiang.payments.v1.PaymentOrderServiceGrpc;
import io.liangjiang.payments.v1.StatementServiceGrpc;
import io.liangjiang.payments.v1.WalletServiceGrpc;
import io.liangjiang.platform.caller.AccessRules;
import io.liangjiang.tourism.v1.TicketServiceGrpc;
import io.liangjiang.tourism.v1.TripServiceGrpc;
import io.liangjiang.transit.v1.RideServiceGrpc;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PowersTest {
  @Test
  void everyPowerOpensAnRpcAndNoRpcNeedsAnother() {
    Set<String> needed =
        Stream.of(
                TripServiceGrpc.getServiceDescriptor(),
                TicketServiceGrpc.getServiceDescriptor(),
                AppointmentServiceGrpc.getServiceDescriptor(),
                RideServiceGrpc.getServiceDescriptor(),
                WalletServiceGrpc.getServiceDescriptor(),
                StatementServiceGrpc.getServiceDescriptor(),
                PaymentOrderServiceGrpc.getServiceDescriptor(),
                CombinedOrderServiceGrpc.getServiceDescriptor())
            .map(ServiceDescriptor::getMethods)
            .flatMap(methods -> methods.stream())
            .map(method -> AccessRules.of(method).getActingPower())
            .filter(power -> !power.isEmpty())
            .collect(Collectors.toSet());

    assertThat(needed).containsExactlyInAnyOrderElementsOf(Powers.ALL);
    assertThat(Powers.ALL).isSorted();
  }
}
