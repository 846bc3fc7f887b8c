package io.liangjiang.standalone.run;

import io.liangjiang.standalone.city.CityOptions;
import io.liangjiang.standalone.city.Form;
import io.liangjiang.standalone.city.Ports;
import io.liangjiang.standalone.process.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The command line.
 *
 * @param checkout root of the source tree
 * @param data directory of database, secrets and logs
 * @param gatewayPort port of the gateway
 * @param portOffset added to all other ports
 * @param form what the processes are run from
 */
record Arguments(Path checkout, Path data, int gatewayPort, int portOffset, Form form) {
  static final String USAGE =
      """
      Options:
        --port N          port of the gateway (8080)
        --port-offset N   added to all other ports (0)
        --data DIR        where database, secrets and logs are kept (data/ in the checkout)
        --form FORM       jvm; native, of make native; or images, NAME:TAG, which podman runs as NAME/identity:TAG (jvm)
        --checkout DIR    root of the source tree (found from the current directory)\
      """;
  private static final int GATEWAY_PORT = 8080;
  private static final int PORT_MAX = 65_535;
  private static final int OFFSET_MAX = 50_000;

  static Arguments parse(List<String> words) {
    String checkout = "";
    String data = "";
    String form = "jvm";
    int port = GATEWAY_PORT;
    int offset = 0;
    for (int i = 0; i < words.size(); i += 2) {
      String value = value(words, i);
      switch (words.get(i)) {
        case "--port" -> port = number(words.get(i), value, 1, PORT_MAX);
        case "--port-offset" -> offset = number(words.get(i), value, 0, OFFSET_MAX);
        case "--data" -> data = value;
        case "--form" -> form = value;
        case "--checkout" -> checkout = value;
        default -> throw new StartFailure("Unknown option " + words.get(i) + "\n" + USAGE);
      }
    }
    Path root = checkout.isEmpty() ? checkoutAround(Path.of("")) : Path.of(checkout);
    Path kept = data.isEmpty() ? root.resolve("data") : Path.of(data);
    return new Arguments(root.toAbsolutePath(), kept.toAbsolutePath(), port, offset, Form.of(form));
  }

  CityOptions options() {
    return CityOptions.kept(checkout)
        .withData(data)
        .withPorts(Ports.standard(gatewayPort, portOffset))
        .withForm(form);
  }

  private static String value(List<String> words, int option) {
    if (option + 1 >= words.size()) {
      throw new StartFailure(words.get(option) + " needs a value\n" + USAGE);
    }
    return words.get(option + 1);
  }

  private static int number(String option, String value, int min, int max) {
    try {
      int number = Integer.parseInt(value);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      throw new StartFailure(option + " needs a number, not " + value, e);
    }
    throw new StartFailure(option + " is between " + min + " and " + max);
  }

  private static Path checkoutAround(Path start) {
    for (Path at = start.toAbsolutePath(); at != null; at = at.getParent()) {
      if (Files.isDirectory(at.resolve("services/standalone"))) {
        return at;
      }
    }
    throw new StartFailure("Run this inside the source tree, or say --checkout DIR");
  }
}
