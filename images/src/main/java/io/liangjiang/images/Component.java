package io.liangjiang.images;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What becomes an image, and the ports that its process listens on. */
enum Component {
  /** The one door for phones. */
  GATEWAY("gateway", "REST and JSON for phones in front of the services", 8080),
  /** Who the citizen is. */
  IDENTITY("services/identity", "citizens, sessions, staff, guests", 9001, 9011),
  /** The books. */
  PAYMENTS("services/payments", "ledger, wallets, payment orders, refunds", 9002, 9012),
  /** Buses and codes. */
  TRANSIT("services/transit", "city codes, taps, rides, fares", 9003, 9013),
  /** Parks and museums. */
  TOURISM("services/tourism", "sites, time slots, trips, tickets", 9004, 9014),
  /** Hospitals. */
  HEALTHCARE("services/healthcare", "hospitals, slots, appointments", 9005, 9015),
  /** The outside world, simulated; for trials. */
  SANDBOX("services/sandbox", "the outside world, simulated: not for production", 8090),
  /** The operators' command, which the chart's Jobs run. */
  CITYCTL("cityctl", "the operators' command"),
  /** PostgreSQL for a trial, where no other image can be had. */
  DATABASE("services/standalone", "PostgreSQL for a trial: not for production", 5432);

  /** Where each of them tells its health and its metrics, in a container. */
  static final int MANAGEMENT_PORT = 9000;

  private final String module;
  private final String description;
  private final List<Integer> ports;

  Component(String module, String description, Integer... ports) {
    this.module = module;
    this.description = description;
    this.ports = List.of(ports);
  }

  /** Its name in lower case, which is also the image's. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  String description() {
    return description;
  }

  List<Integer> ports() {
    return ports;
  }

  /** The packaged application. */
  Path application(Path checkout) {
    return checkout.resolve(module).resolve("target/quarkus-app");
  }

  /** What make native compiles it to. */
  Path nativeProgram(Path checkout) {
    return checkout.resolve(module).resolve("target").resolve(nativeProgramName());
  }

  String nativeProgramName() {
    return id() + "-runner";
  }

  /** What it is made of (CycloneDX). */
  Path billOfMaterials(Path checkout) {
    Path folder = checkout.resolve(module);
    return folder.resolve("target").resolve(folder.getFileName() + "-sbom.json");
  }

  /** The components of these names, all of them when there is none. */
  static List<Component> named(List<String> ids) {
    for (String id : ids) {
      if (Arrays.stream(values()).noneMatch(component -> component.id().equals(id))) {
        throw new BadRequest("nothing is called " + id);
      }
    }
    return Arrays.stream(values())
        .filter(component -> ids.isEmpty() || ids.contains(component.id()))
        .toList();
  }
}
