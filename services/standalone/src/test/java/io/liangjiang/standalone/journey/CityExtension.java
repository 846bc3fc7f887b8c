package io.liangjiang.standalone.journey;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.CityOptions;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives every journey the same running city: started by the first that asks, ended after the last.
 */
final class CityExtension implements ParameterResolver {
  private static final ExtensionContext.Namespace NAMESPACE =
      ExtensionContext.Namespace.create(CityExtension.class);

  /** A journey does not wait a week. */
  private static final Map<String, String> ERASE_SOON =
      Map.of(
          "liangjiang.identity.erasure-cooling-off", "20s",
          "liangjiang.identity.erasure-token-wait", "2s");

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == City.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return context
        .getRoot()
        .getStore(NAMESPACE)
        .computeIfAbsent(City.class, key -> start(), City.class);
  }

  private static City start() {
    Path checkout =
        Path.of(System.getProperty("liangjiang.checkout", "../..")).toAbsolutePath().normalize();
    return City.start(
        CityOptions.fleeting(checkout, "journeys")
            .withProgress(System.out::println)
            .withSettings(ERASE_SOON));
  }
}
