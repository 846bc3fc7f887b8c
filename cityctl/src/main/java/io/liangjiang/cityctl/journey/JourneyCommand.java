package io.liangjiang.cityctl.journey;

import io.liangjiang.standalone.demo.CitizenDay;
import io.liangjiang.standalone.demo.Disappointment;
import io.liangjiang.standalone.phone.NoAnswer;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code cityctl journey}: a citizen's day, or what anybody may ask. */
@Command(
    name = "journey",
    description = "Tries the city as a citizen does.",
    mixinStandardHelpOptions = true)
public final class JourneyCommand implements Callable<Integer> {
  @Option(names = "--gateway", required = true, description = "Where phones call.")
  URI gateway = URI.create("http://localhost:8080");

  @Option(
      names = "--sandbox",
      description = "Where the simulated outside world is; without it nothing is written.")
  @Nullable URI sandbox;

  @Option(
      names = "--staff",
      description = "Directory with the staff's passwords, one file staff-<user name> each.")
  Path staff = Path.of(".");

  /** Exit code 0 when everything held, 1 when something did not. */
  @Override
  public Integer call() {
    PrintStream out = System.out;
    try {
      out.printf("%nIt went well: %s.%n", play(out));
      return 0;
    } catch (Disappointment | NoAnswer | Unfit | UncheckedIOException e) {
      out.printf("%nIt went wrong. %s%n", e.getMessage());
      return 1;
    }
  }

  private String play(PrintStream out) {
    if (sandbox != null) {
      return new CitizenDay(gateway, sandbox, this::password).play(out);
    }
    try (HttpClient http = HttpClient.newHttpClient()) {
      List<String> held = new OpenDoors(http, gateway).check();
      held.forEach(out::println);
      return held.size() + " checks held";
    }
  }

  private String password(String username) {
    try {
      return Files.readString(staff.resolve("staff-" + username)).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("no password of " + username, e);
    }
  }
}
