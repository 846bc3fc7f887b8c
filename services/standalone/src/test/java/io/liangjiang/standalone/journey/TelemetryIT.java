package io.liangjiang.standalone.journey;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.Service;
import io.liangjiang.standalone.demo.CitizenDay;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What docs/telemetry.md says of our metrics is what the running city publishes, and all of it. */
@ExtendWith(CityExtension.class)
final class TelemetryIT {
  private static final Pattern ROW =
      Pattern.compile("(?m)^\\| `(liangjiang_[a-z_]+)` \\| ([a-z, ]+) \\|");
  private static final Pattern PUBLISHED =
      Pattern.compile("(?m)^# TYPE (liangjiang_[a-z_]+) ([a-z]+)$");
  private static final Pattern MAXIMUM = Pattern.compile("liangjiang_[a-z_]+_max");

  private final City city;

  TelemetryIT(City city) {
    this.city = city;
  }

  @Test
  void publishesWhatIsDocumentedAndNothingElse() throws IOException {
    // A counter that has never counted is not published, so something has to happen everywhere.
    new CitizenDay(city.gatewayUrl(), city.sandboxUrl(), city::staffPassword)
        .play(new PrintStream(OutputStream.nullOutputStream()));
    Map<String, Set<String>> documented = documented();

    Map<String, Set<String>> published =
        Eventually.is(this::published, found -> found.equals(documented));

    assertThat(published).isEqualTo(documented);
  }

  private Map<String, Set<String>> documented() throws IOException {
    String text = Files.readString(city.options().checkout().resolve(Path.of("docs/telemetry.md")));
    Map<String, Set<String>> names = new TreeMap<>();
    for (MatchResult row : ROW.matcher(text).results().toList()) {
      for (String process : row.group(2).split(",", -1)) {
        names.computeIfAbsent(process.strip(), p -> new TreeSet<>()).add(row.group(1));
      }
    }
    return names;
  }

  private Map<String, Set<String>> published() {
    return Arrays.stream(Service.values())
        .filter(service -> service != Service.SANDBOX)
        .collect(Collectors.toMap(Service::id, this::published, (one, other) -> one, TreeMap::new));
  }

  private Set<String> published(Service service) {
    String metrics =
        given()
            .get(city.managementUrl(service).resolve("/q/metrics"))
            .then()
            .statusCode(200)
            .extract()
            .asString();
    return PUBLISHED
        .matcher(metrics)
        .results()
        .map(TelemetryIT::name)
        .filter(name -> !MAXIMUM.matcher(name).matches())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static String name(MatchResult type) {
    String total =
        type.group(2).equals("counter") && !type.group(1).endsWith("_total") ? "_total" : "";
    return type.group(1) + total;
  }
}
