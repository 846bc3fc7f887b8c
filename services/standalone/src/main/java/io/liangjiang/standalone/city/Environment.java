package io.liangjiang.standalone.city;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.liangjiang.standalone.process.StartFailure;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The settings of each process, as environment variables: the documented properties of its README
 * in upper case with underscores, so that secrets are not on a command line for everybody to see.
 */
final class Environment {
  private static final int KEY_BYTES = 32;
  private static final int CLIENT_SECRET_LENGTH = 40;

  private final CityOptions options;
  private final Secrets secrets;
  private final ChannelKeys channelKeys;

  Environment(CityOptions options, Secrets secrets) {
    this.options = options;
    this.secrets = secrets;
    this.channelKeys = ChannelKeys.kept(options, secrets.path("channel"));
  }

  Map<String, String> of(Service service) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("liangjiang.environment", "development");
    settings.put("quarkus.http.port", Integer.toString(options.ports().of(service)));
    settings.put("quarkus.http.host", "localhost");
    settings.put(
        "quarkus.management.port", Integer.toString(options.ports().managementOf(service)));
    settings.put("quarkus.management.host", "localhost");
    // Not being ready yet is no news while a city starts.
    settings.put("quarkus.log.category.\"io.smallrye.health\".level", "WARN");
    Map<String, String> variables = new LinkedHashMap<>();
    switch (service) {
      case SANDBOX -> {
        addDatabase(settings, service);
        variables.putAll(channelKeys.sandbox());
      }
      case GATEWAY -> {
        addCity(settings);
        addCredentials(settings, service);
        settings.put("liangjiang.gateway.passage.identity-url", url(Service.IDENTITY));
      }
      case IDENTITY -> {
        addDomain(settings, service);
        addIdentity(settings);
      }
      case PAYMENTS -> {
        addDomain(settings, service);
        addPayments(settings);
        variables.putAll(channelKeys.payments());
      }
      case TRANSIT, TOURISM, HEALTHCARE -> addDomain(settings, service);
    }
    settings.putAll(options.settings());
    settings.putAll(options.settingsOf().getOrDefault(service, Map.of()));
    settings.forEach((property, value) -> variables.put(variable(property), value));
    return variables;
  }

  /** The environment variable that sets a property. */
  static String variable(String property) {
    return property.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
  }

  private void addDomain(Map<String, String> settings, Service service) {
    addCity(settings);
    addCredentials(settings, service);
    addDatabase(settings, service);
    settings.put("quarkus.grpc.server.port", Integer.toString(options.ports().grpcOf(service)));
    settings.put("quarkus.grpc.server.host", "localhost");
    settings.put(
        "liangjiang." + service.id() + ".master-key",
        secrets.base64(service.id() + "-master-key", KEY_BYTES));
  }

  private void addCredentials(Map<String, String> settings, Service service) {
    settings.put("liangjiang.service.client-id", service.id());
    settings.put("liangjiang.service.client-secret", clientSecret(service));
  }

  private void addCity(Map<String, String> settings) {
    settings.put("liangjiang.tokens.jwks-url", url(Service.IDENTITY) + "/.well-known/jwks.json");
    for (Service other : Service.domains()) {
      String client = "quarkus.grpc.clients." + other.id();
      settings.put(client + ".host", "localhost");
      settings.put(client + ".port", Integer.toString(options.ports().grpcOf(other)));
    }
  }

  private void addDatabase(Map<String, String> settings, Service service) {
    String address = "postgresql://localhost:" + options.ports().postgres() + "/" + service.id();
    settings.put("quarkus.datasource.reactive.url", address);
    settings.put("quarkus.datasource.jdbc.url", "jdbc:" + address);
    settings.put("quarkus.datasource.username", service.id());
    settings.put("quarkus.datasource.password", service.id());
  }

  private void addIdentity(Map<String, String> settings) {
    settings.put("liangjiang.sandbox.url", url(Service.SANDBOX));
    settings.put("liangjiang.identity.guests.issuer", url(Service.GATEWAY));
    Service.domains().forEach(client -> addClient(settings, client));
    addClient(settings, Service.GATEWAY);
    StaffPasswords.all(secrets)
        .forEach(
            (username, password) ->
                settings.put("liangjiang.identity.staff-passwords." + username, password));
  }

  private void addClient(Map<String, String> settings, Service client) {
    settings.put(
        "liangjiang.identity.service-clients." + client.id() + ".secret-sha256",
        sha256(clientSecret(client)));
  }

  private void addPayments(Map<String, String> settings) {
    settings.put("liangjiang.channel.sandbox-pay.base-url", url(Service.SANDBOX));
    settings.put("liangjiang.channel.sandbox-pay.notify-url", url(Service.PAYMENTS));
    settings.put("liangjiang.payout.bank.base-url", url(Service.SANDBOX));
    settings.put("liangjiang.insurance.base-url", url(Service.SANDBOX));
  }

  private static String sha256(String text) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new StartFailure("This JDK has no SHA-256: " + e.getMessage(), e);
    }
  }

  private String clientSecret(Service service) {
    return secrets.letters("client-" + service.id(), CLIENT_SECRET_LENGTH);
  }

  private String url(Service service) {
    return "http://localhost:" + options.ports().of(service);
  }
}
