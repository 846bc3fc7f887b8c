package io.liangjiang.standalone.city;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * How a city is to stand.
 *
 * @param checkout root of the source tree, with the services packaged in it
 * @param data directory of the database, the secrets and the logs
 * @param ports where everything listens
 * @param patience how long each process may take to become ready
 * @param progress who hears how far it is
 * @param settings settings for all services that go before the launcher's own, by property name
 * @param settingsOf settings for single services, which go before those
 * @param form what the processes are run from
 */
public record CityOptions(
    Path checkout,
    Path data,
    Ports ports,
    Duration patience,
    Progress progress,
    Map<String, String> settings,
    Map<Service, Map<String, String>> settingsOf,
    Form form) {
  private static final Duration PATIENCE = Duration.ofSeconds(180);

  /** Keeps its own copy. */
  public CityOptions {
    settings = Map.copyOf(settings);
    settingsOf = Map.copyOf(settingsOf);
  }

  /** The city of {@code make run}: documented ports, data kept in the checkout. */
  public static CityOptions kept(Path checkout) {
    return new CityOptions(
        checkout,
        checkout.resolve("data"),
        Ports.standard(Service.GATEWAY.standardPort(), 0),
        PATIENCE,
        Progress.SILENT,
        Map.of(),
        Map.of(),
        new Form.Packaged());
  }

  /**
   * A city for a test: free ports, and fresh data under the module's target directory, where its
   * logs stay until the next city of that name.
   */
  public static CityOptions fleeting(Path checkout, String name) {
    Path data = checkout.resolve("services/standalone/target/cities").resolve(name);
    try {
      if (Files.exists(data)) {
        deleteAll(data);
      }
      return kept(checkout).withData(Files.createDirectories(data)).withPorts(Ports.free());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void deleteAll(Path directory) throws IOException {
    List<Path> paths;
    try (Stream<Path> tree = Files.walk(directory)) {
      paths = tree.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : paths) {
      Files.delete(path);
    }
  }

  /** The same with other data. */
  public CityOptions withData(Path other) {
    return new CityOptions(checkout, other, ports, patience, progress, settings, settingsOf, form);
  }

  /** The same on other ports. */
  public CityOptions withPorts(Ports other) {
    return new CityOptions(checkout, data, other, patience, progress, settings, settingsOf, form);
  }

  /** The same, heard by somebody else. */
  public CityOptions withProgress(Progress other) {
    return new CityOptions(checkout, data, ports, patience, other, settings, settingsOf, form);
  }

  /** The same with settings for all services, by property name. */
  public CityOptions withSettings(Map<String, String> other) {
    return new CityOptions(checkout, data, ports, patience, progress, other, settingsOf, form);
  }

  /** The same with settings for single services, by property name. */
  public CityOptions withSettingsOf(Map<Service, Map<String, String>> other) {
    return new CityOptions(checkout, data, ports, patience, progress, settings, other, form);
  }

  /** The same, run from something else. */
  public CityOptions withForm(Form other) {
    return new CityOptions(checkout, data, ports, patience, progress, settings, settingsOf, other);
  }
}
