package io.liangjiang.standalone.journey;

import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.CityOptions;
import io.liangjiang.standalone.city.Replica;
import io.liangjiang.standalone.city.Service;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A city whose services have two replicas each on addresses of their own, and what a rollout of the
 * chart does with them. HTTP finds them behind one address, gRPC by a name that stands for all that
 * are ready, as behind a headless Service: the name is in a file that every process looks into.
 */
final class Rollout implements AutoCloseable {
  /** As the chart has it: seconds between leaving the Services and the signal. */
  private static final Duration PRE_STOP = Duration.ofSeconds(5);

  /** As the images have it: names of pods are believed for 2 seconds, by the JDK and by gRPC. */
  private static final String NAMES = "-Dsun.net.inetaddr.ttl=2 -Dnetworkaddress.cache.ttl=2";

  private static final String FIRST_ADDRESS = "127.0.0.1";
  private static final List<Service> CALLED_BY_GRPC =
      List.of(
          Service.IDENTITY, Service.PAYMENTS, Service.TRANSIT, Service.TOURISM, Service.HEALTHCARE);

  private final City city;
  private final Path names;
  private final Map<Service, Balancer> balancers;
  private final Map<Service, List<String>> ready = new EnumMap<>(Service.class);
  private final Map<Service, List<Running>> running = new EnumMap<>(Service.class);
  private int addresses = 1;

  /** One process, however it was started. */
  private record Running(String address, Runnable end, Runnable crash) {}

  private Rollout(City city, Path names, Map<Service, Balancer> balancers) {
    this.city = city;
    this.names = names;
    this.balancers = balancers;
  }

  /** Two replicas of each of the services, one of every other. */
  static Rollout of(List<Service> twice) {
    Map<Service, Balancer> balancers = new EnumMap<>(Service.class);
    twice.forEach(service -> balancers.put(service, new Balancer()));
    // After the balancers have their ports, so that no process is to have one of them.
    CityOptions options = TestedCity.named("upgrade");
    balancers.forEach((service, balancer) -> balancer.leadTo(options.ports().of(service)));
    Path names = options.data().resolve("names");
    Map<Service, List<String>> first = new EnumMap<>(Service.class);
    CALLED_BY_GRPC.forEach(service -> first.put(service, List.of(FIRST_ADDRESS)));
    write(names, first);
    City city = City.start(options.withSettings(settings(names, balancers)));
    Rollout rollout = new Rollout(city, names, balancers);
    rollout.ready.putAll(first);
    for (Service service : twice) {
      rollout.adopt(service);
      rollout.add(service);
    }
    return rollout;
  }

  /** What the chart tells every process of the others. */
  private static Map<String, String> settings(Path names, Map<Service, Balancer> balancers) {
    Map<String, String> settings = new HashMap<>();
    settings.put("jdk.java.options", NAMES + " -Djdk.net.hosts.file=" + names);
    settings.put("quarkus.shutdown.delay", "2s");
    settings.put("quarkus.shutdown.timeout", "10s");
    settings.put("liangjiang.grpc.max-connection-age", "60s");
    for (Service service : CALLED_BY_GRPC) {
      String client = "quarkus.grpc.clients." + service.id();
      settings.put(client + ".host", name(service));
      settings.put(client + ".name-resolver", "dns");
      settings.put(client + ".load-balancing-policy", "round_robin");
    }
    String identity = url(balancers, Service.IDENTITY);
    settings.put("liangjiang.tokens.jwks-url", identity + "/.well-known/jwks.json");
    settings.put("liangjiang.gateway.passage.identity-url", identity);
    settings.put("liangjiang.channel.sandbox-pay.notify-url", url(balancers, Service.PAYMENTS));
    return settings;
  }

  private static String url(Map<Service, Balancer> balancers, Service service) {
    Balancer balancer = balancers.get(service);
    if (balancer == null) {
      throw new IllegalArgumentException(service.id() + " has one replica");
    }
    return balancer.url().toString();
  }

  City city() {
    return city;
  }

  /** Where phones find the gateways. */
  String gatewayUrl() {
    return url(balancers, Service.GATEWAY);
  }

  /** A new process for each old one, in turn: ready first, then the old one leaves. */
  void replaceAll(Service service) {
    for (Running old : List.copyOf(running(service))) {
      add(service);
      retire(service, old);
      Eventually.pause(PRE_STOP);
      old.end().run();
    }
  }

  /** Kills one of a service without a word to anybody, as no upgrade may. */
  void crashOne(Service service) {
    running(service).getFirst().crash().run();
  }

  /** Takes the one that was killed out of the Services, as its probes would. */
  void forgetOne(Service service) {
    retire(service, running(service).getFirst());
  }

  private void adopt(Service service) {
    Runnable end = () -> city.stop(service.id());
    running(service).add(new Running(FIRST_ADDRESS, end, end));
    publish(service);
  }

  private void add(Service service) {
    addresses++;
    Replica replica = city.replica(service, "127.0.0." + addresses);
    running(service).add(new Running(replica.address(), replica::stop, replica::kill));
    publish(service);
  }

  private void retire(Service service, Running old) {
    running(service).remove(old);
    publish(service);
  }

  private List<Running> running(Service service) {
    return running.computeIfAbsent(service, unknown -> new ArrayList<>());
  }

  private void publish(Service service) {
    List<String> now = running(service).stream().map(Running::address).toList();
    ready.put(service, now);
    balancers.get(service).spreadOver(now);
    write(names, ready);
  }

  private static String name(Service service) {
    return service.id() + "-grpc";
  }

  /** In one move, so that nobody reads half of it. */
  private static void write(Path names, Map<Service, List<String>> ready) {
    try {
      List<String> lines = new ArrayList<>();
      lines.add(FIRST_ADDRESS + " localhost");
      lines.add(FIRST_ADDRESS + " " + InetAddress.getLocalHost().getHostName());
      ready.forEach(
          (service, addresses) ->
              addresses.forEach(address -> lines.add(address + " " + name(service))));
      Path fresh = names.resolveSibling("names.new");
      Files.write(fresh, lines);
      Files.move(fresh, names, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    city.close();
    balancers.values().forEach(Balancer::close);
  }
}
