package io.liangjiang.bench;

import io.liangjiang.images.JavaProcess;
import io.liangjiang.images.StartFiles;
import io.liangjiang.standalone.city.City;
import io.liangjiang.standalone.city.CityOptions;
import io.liangjiang.standalone.city.Form;
import io.liangjiang.standalone.city.Service;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * How long each process takes from its start until it answers from its database, and what it holds
 * when it has been left alone for a minute and more: plain JVM, JVM with an ahead-of-time cache,
 * and native where {@code make native} has been run. One process at a time is started again in a
 * city that stands.
 *
 * <p>Arguments: names of processes, none for all. System properties: {@code rounds} (3), {@code
 * checkout}. Appends a JSON line for each to target/bench/starts.jsonl.
 */
public final class Starts {
  private static final Duration IDLE = Duration.ofSeconds(75);
  private static final int TRAINING_MINUTES_MAX = 5;
  private static final long MEGABYTE = 1_048_576;

  private final Path checkout;
  private final Path folder;
  private final int rounds;

  private Starts(Path checkout, int rounds) {
    this.checkout = checkout;
    this.folder = checkout.resolve("target/bench/aot");
    this.rounds = rounds;
  }

  public static void main(String[] names) throws IOException, InterruptedException {
    Bench.logWarningsOnly();
    Path checkout = Path.of(System.getProperty("checkout", ".")).toAbsolutePath().normalize();
    var starts = new Starts(checkout, Integer.getInteger("rounds", 3));
    List<Service> wanted =
        names.length == 0 ? List.of(Service.values()) : Stream.of(names).map(Service::of).toList();
    starts.measure(wanted);
    System.exit(0);
  }

  private void measure(List<Service> wanted) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    System.out.println("process      form     ready s   CPU s   idle MB   on disk MB");
    try (City city = City.start(CityOptions.fleeting(checkout, "starts"))) {
      for (Service service : wanted) {
        StartFiles.lay(service.application(checkout));
        for (Map.Entry<String, Form> form : forms(city, service).entrySet()) {
          report(service, form.getKey(), rounds(city, service, form.getValue()));
        }
      }
    }
  }

  private Map<String, Form> forms(City city, Service service)
      throws IOException, InterruptedException {
    Map<String, Form> forms = new LinkedHashMap<>();
    forms.put("jvm", new MeasuredForm(List.of()));
    forms.put("jvm+aot", new MeasuredForm(List.of("-XX:AOTCache=" + train(city, service))));
    Form compiled = Form.of("native");
    if (compiled.isBuilt(checkout, service)) {
      forms.put("native", compiled);
    }
    return forms;
  }

  /** Notes what a run loads, and makes a cache of it, as make aot-caches does with images. */
  private Path train(City city, Service service) throws IOException, InterruptedException {
    Path notes = folder.resolve(service.id() + ".aotconf");
    Path cache = folder.resolve(service.id() + ".aot");
    city.stop(service.id());
    city.restart(
        service.id(),
        new MeasuredForm(List.of("-XX:AOTMode=record", "-XX:AOTConfiguration=" + notes)));
    city.stop(service.id());
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
    Path application = service.application(checkout);
    command.addAll(MeasuredForm.MEMORY);
    command.addAll(JavaProcess.options(application, application));
    command.addAll(
        List.of("-XX:AOTMode=create", "-XX:AOTConfiguration=" + notes, "-XX:AOTCache=" + cache));
    command.addAll(List.of("-jar", application.resolve("launcher.jar").toString()));
    Process making =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve(service.id() + ".log").toFile())
            .start();
    if (!making.waitFor(TRAINING_MINUTES_MAX, TimeUnit.MINUTES) || !Files.exists(cache)) {
      making.destroyForcibly();
      throw new IllegalStateException("no cache was made of " + service.id() + ": see " + folder);
    }
    city.restart(service.id(), new MeasuredForm(List.of()));
    return cache;
  }

  private record Start(double readySeconds, double cpuSeconds, long idleMegabytes) {}

  /** The one in the middle by time to ready; the last one is left alone. */
  private Start rounds(City city, Service service, Form form) throws InterruptedException {
    List<Start> starts = new ArrayList<>();
    for (int i = 0; i < rounds; i++) {
      city.stop(service.id());
      long begin = System.nanoTime();
      city.restart(service.id(), form);
      double ready = (System.nanoTime() - begin) / 1e9;
      double cpu = CpuClock.seconds(city.pid(service));
      starts.add(new Start(ready, cpu, 0));
    }
    Thread.sleep(IDLE);
    starts.sort((one, other) -> Double.compare(one.readySeconds(), other.readySeconds()));
    Start middle = starts.get(starts.size() / 2);
    return new Start(
        middle.readySeconds(), middle.cpuSeconds(), Resident.megabytes(city.pid(service)));
  }

  private void report(Service service, String form, Start start) throws IOException {
    long disk = onDisk(service, form) / MEGABYTE;
    System.out.printf(
        Locale.ROOT,
        "%-12s %-8s %7.2f %7.2f %9d %12d%n",
        service.id(),
        form,
        start.readySeconds(),
        start.cpuSeconds(),
        start.idleMegabytes(),
        disk);
    String json =
        String.format(
            Locale.ROOT,
            "{\"process\":\"%s\",\"form\":\"%s\",\"rounds\":%d,\"readySeconds\":%.3f,\"cpuSeconds\":%.2f,\"idleMegabytes\":%d,\"diskMegabytes\":%d}%n",
            service.id(),
            form,
            rounds,
            start.readySeconds(),
            start.cpuSeconds(),
            start.idleMegabytes(),
            disk);
    Files.writeString(
        checkout.resolve("target/bench/starts.jsonl"),
        json,
        StandardCharsets.UTF_8,
        StandardOpenOption.CREATE,
        StandardOpenOption.APPEND);
  }

  private long onDisk(Service service, String form) throws IOException {
    if (form.equals("native")) {
      return Files.size(service.nativeProgram(checkout));
    }
    try (Stream<Path> files = Files.walk(service.application(checkout))) {
      long jars =
          files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
      return form.equals("jvm") ? jars : jars + Files.size(folder.resolve(service.id() + ".aot"));
    }
  }
}
