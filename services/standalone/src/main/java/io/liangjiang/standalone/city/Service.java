package io.liangjiang.standalone.city;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The processes of the city, in the order in which they start; they end in the reverse order. */
public enum Service {
  /** The outside world, simulated. */
  SANDBOX("services/sandbox", 8090, 9026, 256),
  /** Who the citizen is. */
  IDENTITY("services/identity", 9001, 9021, 256),
  /** The books. */
  PAYMENTS("services/payments", 9002, 9022, 384),
  /** Buses and codes. */
  TRANSIT("services/transit", 9003, 9023, 256),
  /** Parks and museums. */
  TOURISM("services/tourism", 9004, 9024, 256),
  /** Hospitals. */
  HEALTHCARE("services/healthcare", 9005, 9025, 256),
  /** The one door for phones. */
  GATEWAY("gateway", 8080, 9020, 256);

  private final String module;
  private final int standardPort;
  private final int standardManagementPort;
  private final int heapMegabytes;

  Service(String module, int standardPort, int standardManagementPort, int heapMegabytes) {
    this.module = module;
    this.standardPort = standardPort;
    this.standardManagementPort = standardManagementPort;
    this.heapMegabytes = heapMegabytes;
  }

  /** Its name in lower case, which is also the name of its database. */
  public String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * The service of that name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static Service of(String id) {
    return Arrays.stream(values())
        .filter(service -> service.id().equals(id))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no service is called " + id));
  }

  /** The ones that speak gRPC and keep a database of their own. */
  static List<Service> domains() {
    return List.of(IDENTITY, PAYMENTS, TRANSIT, TOURISM, HEALTHCARE);
  }

  int standardPort() {
    return standardPort;
  }

  int standardManagementPort() {
    return standardManagementPort;
  }

  int heapMegabytes() {
    return heapMegabytes;
  }

  /** The folder of the packaged application. */
  public Path application(Path checkout) {
    return checkout.resolve(module).resolve("target/quarkus-app");
  }

  /** What make native compiles it to. */
  public Path nativeProgram(Path checkout) {
    return checkout.resolve(module).resolve("target").resolve(id() + "-runner");
  }

  Path runner(Path checkout) {
    return application(checkout).resolve("quarkus-run.jar");
  }
}
