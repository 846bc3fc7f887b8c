package io.liangjiang.transit;

import io.liangjiang.platform.test.AccessMatrix;
import io.liangjiang.platform.test.CityTestResource;
import io.liangjiang.platform.v1.AccessRecordServiceGrpc;
import io.liangjiang.platform.v1.ParkedEventServiceGrpc;
import io.liangjiang.transit.v1.CityCodeServiceGrpc;
import io.liangjiang.transit.v1.LineServiceGrpc;
import io.liangjiang.transit.v1.RideServiceGrpc;
import io.liangjiang.transit.v1.TapServiceGrpc;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(CityTestResource.class)
class TransitAccessTest {
  @Test
  void everyRpcLetsInWhomItsContractNames() {
    AccessMatrix.check(
        TapServiceGrpc.getServiceDescriptor(),
        LineServiceGrpc.getServiceDescriptor(),
        RideServiceGrpc.getServiceDescriptor(),
        CityCodeServiceGrpc.getServiceDescriptor(),
        AccessRecordServiceGrpc.getServiceDescriptor(),
        ParkedEventServiceGrpc.getServiceDescriptor());
  }
}
