package io.liangjiang.standalone.journey;

import io.liangjiang.standalone.city.City;
import java.util.HashMap;
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
    Class<?> type = parameter.getParameter().getType();
    return type == City.class || type == Collector.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    ExtensionContext.Store store = context.getRoot().getStore(NAMESPACE);
    Collector collector =
        store.computeIfAbsent(Collector.class, key -> new Collector(), Collector.class);
    return parameter.getParameter().getType() == Collector.class
        ? collector
        : store.computeIfAbsent(City.class, key -> start(collector), City.class);
  }

  /** Traces only what a test asks for by its own traceparent, so that the rest runs as ever. */
  private static City start(Collector collector) {
    Map<String, String> settings = new HashMap<>(ERASE_SOON);
    settings.put("liangjiang.traces.endpoint", collector.endpoint());
    settings.put("liangjiang.traces.ratio", "0.0");
    settings.put("quarkus.otel.exporter.otlp.protocol", "http/protobuf");
    settings.put("quarkus.otel.bsp.schedule.delay", "200ms");
    settings.put("liangjiang.metrics.tables-every", "1s");
    return City.start(TestedCity.named("journeys").withSettings(settings));
  }
}
