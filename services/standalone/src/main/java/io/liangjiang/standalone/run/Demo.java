package io.liangjiang.standalone.run;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.CityOptions;
import io.liangjiang.standalone.city.Secrets;
import io.liangjiang.standalone.city.Service;
import io.liangjiang.standalone.city.StaffPasswords;
import io.liangjiang.standalone.demo.CitizenDay;
import io.liangjiang.standalone.demo.Disappointment;
import io.liangjiang.standalone.phone.NoAnswer;
import io.liangjiang.standalone.process.StartFailure;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.List;
import java.util.Map;

/** {@code make demo}: plays the citizen's day against the city that runs, or starts one for it. */
public final class Demo {
  private static final int CONNECT_PATIENCE_MS = 2_000;

  private Demo() {}

  /** Exit code 0 when everything held, 1 when something did not or no city stood up. */
  public static void main(String[] words) {
    System.setProperty("slf4j.internal.verbosity", "ERROR");
    int code = run(List.of(words), System.out);
    System.out.flush();
    Runtime.getRuntime().halt(code);
  }

  private static int run(List<String> words, PrintStream out) {
    try {
      CityOptions options = Arguments.parse(words).options();
      if (isRunning(options)) {
        return play(options, out);
      }
      out.println("No city runs on port " + options.ports().of(Service.GATEWAY) + "; starting one");
      try (City city = City.start(options.withProgress(line -> out.println("  " + line)))) {
        return play(city.options(), out);
      }
    } catch (StartFailure e) {
      out.printf("%n%s%n", e.getMessage());
      return 1;
    }
  }

  private static int play(CityOptions options, PrintStream out) {
    Map<String, String> passwords =
        StaffPasswords.all(new Secrets(options.data().resolve("secrets")));
    CitizenDay day =
        new CitizenDay(
            url(options, Service.GATEWAY),
            url(options, Service.SANDBOX),
            name -> passwords.getOrDefault(name, ""));
    try {
      String summary = day.play(out);
      out.printf("%nThe day went well: %s.%n", summary);
      return 0;
    } catch (Disappointment | NoAnswer e) {
      out.printf("%nThe day went wrong. %s%n", e.getMessage());
      return 1;
    }
  }

  private static URI url(CityOptions options, Service service) {
    return URI.create("http://localhost:" + options.ports().of(service));
  }

  private static boolean isRunning(CityOptions options) {
    try (Socket socket = new Socket()) {
      InetSocketAddress gateway =
          new InetSocketAddress("localhost", options.ports().of(Service.GATEWAY));
      socket.connect(gateway, CONNECT_PATIENCE_MS);
      return true;
    } catch (IOException e) {
      return false;
    }
  }
}
