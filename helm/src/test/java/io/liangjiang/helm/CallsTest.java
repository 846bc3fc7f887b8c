package io.liangjiang.helm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the list of calls, from which network policies are made, against the services' sources. */
class CallsTest {
  private static final Path CHECKOUT = Path.of("..");
  private static final Pattern CLIENT = Pattern.compile("@GrpcClient\\(\"([a-z]+)\"\\)");
  private static final Map<String, Object> COMPONENTS = Trees.map(Chart.city(), "components");

  @Test
  void listsExactlyTheClientsThatServicesHave() {
    Map<String, Set<String>> listed = new TreeMap<>();
    Map<String, Set<String>> found = new TreeMap<>();
    for (String name : COMPONENTS.keySet()) {
      Set<String> calls = new TreeSet<>();
      for (Object call : Trees.list(COMPONENTS, name + ".calls")) {
        if (Trees.text(call, "port").equals("grpc")) {
          calls.add(Trees.text(call, "to"));
        }
      }
      listed.put(name, calls);
      found.put(name, clients(name));
    }

    assertThat(listed).isEqualTo(found);
  }

  /** With a client secret the platform asks identity for a token, whatever else is called. */
  private static Set<String> clients(String component) {
    Set<String> clients = clientsIn(module(component));
    if (Boolean.TRUE.equals(Trees.find(COMPONENTS, component + ".client"))) {
      clients.addAll(clientsIn(CHECKOUT.resolve("services/platform")));
    }
    return clients;
  }

  private static Set<String> clientsIn(Path module) {
    Set<String> clients = new TreeSet<>();
    try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
      files
          .filter(file -> file.toString().endsWith(".java"))
          .forEach(
              file ->
                  CLIENT
                      .matcher(Chart.read(file))
                      .results()
                      .forEach(result -> clients.add(result.group(1))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return clients;
  }

  private static Path module(String component) {
    return component.equals("gateway")
        ? CHECKOUT.resolve("gateway")
        : CHECKOUT.resolve("services").resolve(component);
  }

  @Test
  void knowsThePortsThatServicesOpen() {
    for (String name : COMPONENTS.keySet()) {
      Map<String, String> settings = settings(module(name));

      assertThat(settings.get("quarkus.http.port"))
          .as(name)
          .isEqualTo(Trees.text(COMPONENTS, name + ".http"));
      assertThat(settings.getOrDefault("quarkus.grpc.server.port", ""))
          .as(name)
          .isEqualTo(Trees.text(COMPONENTS, name + ".grpc"));
    }
  }

  @Test
  void knowsWhoHasAMasterKey() {
    for (String name : COMPONENTS.keySet()) {
      assertThat(mentions(module(name), "masterKey()"))
          .as(name)
          .isEqualTo(Trees.find(COMPONENTS, name + ".masterKey"));
    }
  }

  @Test
  void knowsWhoKeepsData() {
    for (String name : COMPONENTS.keySet()) {
      assertThat(Files.isDirectory(module(name).resolve("src/main/resources/db/migration")))
          .as(name)
          .isEqualTo(Trees.find(COMPONENTS, name + ".database"));
    }
  }

  private static boolean mentions(Path module, String text) {
    try (Stream<Path> files = Files.walk(module.resolve("src/main/java"))) {
      return files
          .filter(file -> file.toString().endsWith(".java"))
          .anyMatch(file -> Chart.read(file).contains(text));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Map<String, String> settings(Path module) {
    Map<String, String> settings = new HashMap<>();
    Chart.read(module.resolve("src/main/resources/application.properties"))
        .lines()
        .filter(line -> line.contains("=") && !line.startsWith("#"))
        .forEach(
            line ->
                settings.put(
                    line.substring(0, line.indexOf('=')), line.substring(line.indexOf('=') + 1)));
    return settings;
  }
}
