package io.liangjiang.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.liangjiang.platform.v1.AccessProto;
import io.liangjiang.platform.v1.AssuranceLevel;
import org.junit.jupiter.api.Test;

/** Who refuses to show the face can do everything that the city offers. */
class FaceIsNeverTheOnlyWayTest {
  @Test
  void noRpcAsksForTheLevelOfAFace() {
    assertThat(Contracts.SERVICES)
        .flatExtracting(service -> service.getMethods())
        .extracting(
            each ->
                ((ProtoMethodDescriptorSupplier) each.getSchemaDescriptor()).getMethodDescriptor())
        .isNotEmpty()
        .allSatisfy(
            method ->
                assertThat(
                        method.getOptions().getExtension(AccessProto.access).getMinAssuranceLevel())
                    .as(method.getFullName())
                    .isNotEqualTo(AssuranceLevel.FACE));
  }
}
