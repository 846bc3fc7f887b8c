package io.liangjiang.standalone.city;

import io.liangjiang.standalone.process.ChildProcess;
import io.liangjiang.standalone.process.LogFile;
import io.liangjiang.standalone.process.Readiness;
import io.liangjiang.standalone.process.StartFailure;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;

/**
 * A running city: every process, each ready to answer. Closing it ends them in the reverse order,
 * the database last.
 */
public final class City implements AutoCloseable {
  static final Duration END_PATIENCE = Duration.ofSeconds(20);

  private final CityOptions options;
  private final CityLock lock;
  private final Secrets secrets;
  private final Map<Service, ChildProcess> processes = new ConcurrentHashMap<>();
  private final Map<Service, LogFile> logs = new ConcurrentHashMap<>();
  private final Queue<Replica> replicas = new ConcurrentLinkedQueue<>();
  private final CompletableFuture<ChildProcess> firstDeath = new CompletableFuture<>();
  private final HttpClient http = HttpClient.newHttpClient();
  private @Nullable PostgresServer postgres;

  private City(CityOptions options, CityLock lock) {
    this.options = options;
    this.lock = lock;
    this.secrets = new Secrets(options.data().resolve("secrets"));
  }

  /**
   * Starts the city and returns when all of it is ready.
   *
   * @throws StartFailure when it does not come up; whatever had been started is ended first
   */
  public static City start(CityOptions options) {
    StartChecks.require(options);
    City city = new City(options, CityLock.take(options.data()));
    try {
      PostgresServer.endLeftover(options.data());
      options.ports().requireFree();
      city.raise();
      return city;
    } catch (RuntimeException e) {
      city.close();
      throw e;
    }
  }

  private void raise() {
    long begin = System.nanoTime();
    postgres = PostgresServer.start(options, databases());
    report("PostgreSQL", options.ports().postgres(), begin);
    Environment environment = new Environment(options, secrets);
    for (Service service : Service.values()) {
      logs.put(service, LogFile.fresh(options.data().resolve("logs/" + service.id() + ".log")));
      launch(service, options.form(), environment);
    }
    awaitAll(begin);
  }

  private static List<String> databases() {
    List<String> names = new ArrayList<>(Service.domains().stream().map(Service::id).toList());
    names.add(Service.SANDBOX.id());
    return names;
  }

  private void launch(Service service, Form form, Environment environment) {
    processes.put(service, begin(service, form, environment.of(service), log(service)));
  }

  private ChildProcess begin(
      Service service, Form form, Map<String, String> variables, LogFile log) {
    List<String> line = form.command(options, service, variables.keySet());
    ChildProcess.Command command =
        new ChildProcess.Command(service.id(), line, variables, options.data());
    ChildProcess process = ChildProcess.start(command, log);
    process.whenEnded(
        ended -> {
          if (ended.diedByItself()) {
            firstDeath.complete(ended);
          }
        });
    return process;
  }

  private void awaitAll(long begin) {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      var waiters = new ExecutorCompletionService<Service>(threads);
      for (Service service : Service.values()) {
        var unused = waiters.submit(() -> awaitReady(service), service);
      }
      try {
        for (int i = 0; i < Service.values().length; i++) {
          Service ready = waiters.take().get();
          report(ready.id(), options.ports().of(ready), begin);
        }
      } catch (ExecutionException e) {
        throw e.getCause() instanceof StartFailure failure
            ? failure
            : new StartFailure("The city did not come up: " + e.getCause(), e);
      } catch (InterruptedException e) {
        throw new StartFailure("Ended while it was starting.", e);
      } finally {
        threads.shutdownNow();
      }
    }
  }

  private void awaitReady(Service service) {
    awaitReady(process(service), managementUrl(service));
  }

  private void awaitReady(ChildProcess process, URI management) {
    try {
      new Readiness(http).await(process, management.resolve("/q/health/ready"), options.patience());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StartFailure("interrupted while waiting for " + process.name(), e);
    }
  }

  private void report(String name, int port, long begin) {
    double seconds = (System.nanoTime() - begin) / 1e9;
    options.progress().done("%-11s ready on port %d after %.1f s".formatted(name, port, seconds));
  }

  /** Where phones call. */
  public URI gatewayUrl() {
    return url(Service.GATEWAY);
  }

  /** Where the simulated outside world answers. */
  public URI sandboxUrl() {
    return url(Service.SANDBOX);
  }

  /** Where one process answers HTTP. */
  public URI url(Service service) {
    return URI.create("http://localhost:" + options.ports().of(service));
  }

  /** Where one process tells its health and its metrics. */
  public URI managementUrl(Service service) {
    return URI.create("http://localhost:" + options.ports().managementOf(service));
  }

  /** What the city was started with. */
  public CityOptions options() {
    return options;
  }

  /** Password of a member of the development city's staff, by user name. */
  public String staffPassword(String username) {
    return StaffPasswords.of(secrets, username);
  }

  /** All passwords of the staff, by user name. */
  public Map<String, String> staffPasswords() {
    return StaffPasswords.all(secrets);
  }

  /** Completed with the first process that ended though nobody asked it to. */
  public CompletableFuture<ChildProcess> firstDeath() {
    return firstDeath.copy();
  }

  /** Ends a service as a crash would (SIGKILL); what it had not committed is lost. */
  public void kill(String service) throws InterruptedException {
    process(Service.of(service)).kill();
  }

  /** Ends a service as an upgrade would (SIGTERM), and waits until it is gone. */
  public void stop(String service) {
    ChildProcess process = process(Service.of(service));
    process.askToEnd();
    process.awaitEnd(END_PATIENCE);
  }

  /** Starts a service that was killed or stopped, and waits until it is ready. */
  public void restart(String service) {
    restart(service, options.form());
  }

  /** Starts a service that was killed or stopped from something else, until it is ready. */
  public void restart(String service, Form form) {
    Service named = Service.of(service);
    if (process(named).isAlive()) {
      throw new IllegalStateException(service + " is running; end it first");
    }
    launch(named, form, new Environment(options, secrets));
    awaitReady(named);
  }

  /**
   * Starts one more process of a service, on the same ports of another address of this machine, and
   * waits until it is ready. Who finds it there is the caller's care.
   *
   * @param address for example 127.0.0.2
   */
  public Replica replica(Service service, String address) {
    Map<String, String> variables =
        new LinkedHashMap<>(new Environment(options, secrets).of(service));
    Replica.settingsAt(service, address)
        .forEach((property, value) -> variables.put(Environment.variable(property), value));
    Path log = options.data().resolve("logs/%s-%s.log".formatted(service.id(), address));
    ChildProcess process = begin(service, options.form(), variables, LogFile.fresh(log));
    Replica replica = new Replica(address, process);
    replicas.add(replica);
    awaitReady(
        process, URI.create("http://" + address + ":" + options.ports().managementOf(service)));
    return replica;
  }

  /** Id of the process that runs a service now. */
  public long pid(Service service) {
    return process(service).pid();
  }

  private ChildProcess process(Service service) {
    ChildProcess process = processes.get(service);
    if (process == null) {
      throw new IllegalStateException(service.id() + " was never started");
    }
    return process;
  }

  private LogFile log(Service service) {
    LogFile log = logs.get(service);
    if (log == null) {
      throw new IllegalStateException(service.id() + " has no log");
    }
    return log;
  }

  /** Ends everything: the gateway first, so that no new request comes in, the database last. */
  @Override
  public void close() {
    replicas.forEach(Replica::stop);
    for (Service service : Arrays.asList(Service.values()).reversed()) {
      ChildProcess process = processes.get(service);
      if (process != null) {
        process.askToEnd();
        process.awaitEnd(END_PATIENCE);
        options.progress().done(service.id() + " ended");
      }
    }
    if (postgres != null) {
      postgres.close();
      options.progress().done("PostgreSQL ended");
    }
    http.close();
    lock.close();
  }
}
