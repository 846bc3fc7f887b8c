package io.liangjiang.standalone.run;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.Service;

/** What a person reads when the city stands: addresses, staff, the next step. */
final class Welcome {
  private final City city;

  Welcome(City city) {
    this.city = city;
  }

  String text(double seconds) {
    StringBuilder text = new StringBuilder();
    line(text, "");
    line(text, "The city stands after %.1f s.".formatted(seconds));
    line(text, "");
    line(text, "  %-26s %s".formatted("what", "address"));
    line(text, "  %-26s %s".formatted("gateway, for phones", city.gatewayUrl()));
    line(text, "  %-26s %s".formatted("OpenAPI document", city.gatewayUrl().resolve("/openapi")));
    line(text, "  %-26s %s".formatted("the outside world", city.sandboxUrl()));
    for (Service service : Service.values()) {
      if (service != Service.GATEWAY && service != Service.SANDBOX) {
        line(text, "  %-26s %s".formatted(service.id() + ", gRPC", city.url(service)));
      }
    }
    String database = "localhost:" + city.options().ports().postgres();
    line(text, "  %-26s %s".formatted("PostgreSQL", database));
    line(text, "");
    line(text, "  %-26s %s".formatted("staff of this city", "password"));
    city.staffPasswords()
        .forEach((name, password) -> line(text, "  %-26s %s".formatted(name, password)));
    line(text, "");
    line(
        text, "Next: `make demo` in another terminal plays a citizen's day. Ctrl-C ends the city.");
    return text.toString();
  }

  private static void line(StringBuilder text, String line) {
    text.append(line).append(System.lineSeparator());
  }
}
