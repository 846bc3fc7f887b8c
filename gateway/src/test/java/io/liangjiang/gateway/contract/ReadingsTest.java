package io.liangjiang.gateway.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Descriptors.Descriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor.JavaType;
import com.google.protobuf.Descriptors.MethodDescriptor;
import io.grpc.ServiceDescriptor;
import io.grpc.protobuf.ProtoMethodDescriptorSupplier;
import io.liangjiang.platform.v1.Access;
import io.liangjiang.platform.v1.AccessProto;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every RPC that tells staff of a citizen says so, and so leaves an access record. */
class ReadingsTest {
  /** Fields by which a message is about a citizen. */
  private static final Pattern PERSONAL =
      Pattern.compile(
          "(.*_)?(citizen_id|patient_id|patient_name|dependant_id|birth_date|masked_name"
              + "|masked_phone|holder|holder_name|id_number)");

  private static final Set<String> NOT_STAFF = Set.of("citizen", "service");

  /** Tells every checking device the same of all codes; nobody looks a citizen up by it. */
  private static final Set<String> FOR_DEVICES =
      Set.of("liangjiang.transit.v1.CityCodeService.ListCityCodeRevocations");

  private static List<MethodDescriptor> methods() {
    return Contracts.SERVICES.stream()
        .map(ServiceDescriptor::getMethods)
        .flatMap(each -> each.stream())
        .map(
            each ->
                ((ProtoMethodDescriptorSupplier) each.getSchemaDescriptor()).getMethodDescriptor())
        .toList();
  }

  private static Access access(MethodDescriptor method) {
    return method.getOptions().getExtension(AccessProto.access);
  }

  private static boolean isForStaff(MethodDescriptor method) {
    return access(method).getRolesList().stream().anyMatch(role -> !NOT_STAFF.contains(role));
  }

  static boolean isPersonal(Descriptor message, Set<Descriptor> seen) {
    if (!seen.add(message)) {
      return false;
    }
    return message.getFields().stream()
        .anyMatch(
            field ->
                PERSONAL.matcher(field.getName()).matches()
                    || (field.getJavaType() == JavaType.MESSAGE
                        && isPersonal(field.getMessageType(), seen)));
  }

  @Test
  void everyAnswerAboutACitizenToStaffIsAReading() {
    assertThat(methods())
        .filteredOn(ReadingsTest::isForStaff)
        .filteredOn(method -> isPersonal(method.getOutputType(), new HashSet<>()))
        .filteredOn(method -> !FOR_DEVICES.contains(method.getFullName()))
        .isNotEmpty()
        .allSatisfy(
            method -> {
              var reading = access(method).getReading();
              assertThat(reading.getDataKind()).as(method.getFullName()).isNotEmpty();
              assertThat(reading.getPurpose()).as(method.getFullName()).isNotEmpty();
            });
  }

  @Test
  void everyReadingNamesATextFieldOfItsAnswer() {
    assertThat(methods())
        .filteredOn(method -> !access(method).getReading().getCitizenIdField().isEmpty())
        .isNotEmpty()
        .allSatisfy(
            method -> {
              String name = access(method).getReading().getCitizenIdField();
              FieldDescriptor field = method.getOutputType().findFieldByName(name);
              assertThat(field).as(method.getFullName() + " has " + name).isNotNull();
              assertThat(field.getJavaType()).isEqualTo(JavaType.STRING);
              assertThat(field.isRepeated()).isFalse();
            });
  }
}
