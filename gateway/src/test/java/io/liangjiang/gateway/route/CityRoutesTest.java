package io.liangjiang.gateway.route;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.api.AnnotationsProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorSet;
import com.google.protobuf.DescriptorProtos.ServiceDescriptorProto;
import com.google.protobuf.ExtensionRegistry;
import io.grpc.ServiceDescriptor;
import io.liangjiang.gateway.contract.Contracts;
import io.liangjiang.platform.v1.Access;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes that mini-programs were promised. */
final class CityRoutesTest {
  private static final Routes ROUTES = new Routes(Contracts.SERVICES);

  @ParameterizedTest
  @CsvSource({
    "POST, /v1/sessions:signInWithMiniProgram, SignInWithMiniProgram",
    "POST, /v1/sessions:signInStaff, SignInStaff",
    "POST, /v1/sessions:refresh, ''",
    "POST, /v1/sessions:signOut, SignOut",
    "GET, /v1/citizens/me, ''",
    "POST, /v1/citizens/me:verifyRealName, ''",
    "POST, /v1/citizens/me/dependants, ''",
    "GET, /v1/citizens/me/dependants, ''",
    "GET, /v1/wallets/me, GetMyWallet",
    "GET, /v1/wallets/me/entries, ListMyWalletEntries",
    "POST, /v1/wallets/me/topUps, CreateTopUp",
    "GET, /v1/paymentOrders/1, GetPaymentOrder",
    "POST, /v1/paymentOrders/1:pay, PayPaymentOrder",
    "POST, /v1/paymentOrders/1:refund, RefundPaymentOrder",
    "GET, /v1/sites, ListSites",
    "GET, /v1/sites/1, GetSite",
    "GET, /v1/products/1/timeSlots, ListTimeSlots",
    "POST, /v1/trips, CreateTrip",
    "GET, /v1/trips/1, GetTrip",
    "POST, /v1/trips/1:cancel, CancelTrip",
    "GET, /v1/tickets/1, GetTicket",
    "POST, /v1/checkIns:redeem, ''",
    "GET, /v1/hospitals, ListHospitals",
    "GET, /v1/hospitals/1/departments, ListDepartments",
    "GET, /v1/departments/1/slots, ListSlots",
    "POST, /v1/appointments, ''",
    "GET, /v1/appointments, ''",
    "POST, /v1/appointments/1:cancel, CancelAppointment",
    "POST, /v1/appointments/1:checkIn, ''",
    "POST, /v1/cityCodes, ''",
    "POST, /v1/taps:upload, ''",
    "GET, /v1/rides, ''",
    "GET, /v1/trialBalance, GetTrialBalance",
    "GET, /v1/services/transit/parkedEvents, ListParkedEvents",
    "POST, /v1/services/transit/parkedEvents/1:replay, ReplayParkedEvent"
  })
  void servesRoute(String method, String path, String rpc) {
    assertThat(ROUTES.find(method, path))
        .isInstanceOfSatisfying(
            Lookup.Found.class,
            found -> assertThat(found.route().rpc().schema().getName()).contains(rpc));
  }

  @Test
  void everyRouteSaysWhoMayCall() {
    assertThat(ROUTES.all())
        .isNotEmpty()
        .noneMatch(route -> route.rpc().access().equals(Access.getDefaultInstance()));
  }

  /** The catalogue is written by hand, so that it can be forgotten. */
  @Test
  void everyServiceWithRoutesIsServed() throws IOException {
    assertThat(Contracts.SERVICES)
        .extracting(ServiceDescriptor::getName)
        .containsAll(servicesWithRoutes());
  }

  private static List<String> servicesWithRoutes() throws IOException {
    var extensions = ExtensionRegistry.newInstance();
    AnnotationsProto.registerAllExtensions(extensions);
    try (InputStream contracts =
        CityRoutesTest.class.getResourceAsStream("/META-INF/liangjiang/contracts.binpb")) {
      return FileDescriptorSet.parseFrom(contracts, extensions).getFileList().stream()
          .flatMap(
              file ->
                  file.getServiceList().stream()
                      .filter(CityRoutesTest::hasRoute)
                      .map(service -> file.getPackage() + "." + service.getName()))
          .toList();
    }
  }

  private static boolean hasRoute(ServiceDescriptorProto service) {
    return service.getMethodList().stream()
        .anyMatch(method -> method.getOptions().hasExtension(AnnotationsProto.http));
  }

  /** A POST that has no request id cannot be repeated safely when its answer was lost. */
  @Test
  void everyPostCanBeRepeated() {
    assertThat(ROUTES.all())
        .filteredOn(route -> route.httpMethod().equals("POST"))
        .filteredOn(route -> route.rpc().requestId() == null)
        .extracting(route -> route.rpc().schema().getName())
        .isEmpty();
  }
}
