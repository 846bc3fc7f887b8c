package io.liangjiang.standalone.city;

import io.liangjiang.standalone.process.StartFailure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the processes of a city are run from. */
public interface Form {
  /** Prefix and tag of images: a port of a registry is not a tag. */
  Pattern IMAGES = Pattern.compile("([^:]+(?::[0-9]+/[^:]+)?):([^:/]+)");

  /** The command line of one service; the values of the variables are not on it. */
  List<String> command(CityOptions options, Service service, Set<String> variables);

  /** Whether the service has been built in this form, as far as files of the checkout tell. */
  boolean isBuilt(Path checkout, Service service);

  /** The command that builds all of them. */
  String builtBy();

  /**
   * The form of that name: {@code jvm}, {@code native}, or prefix and tag of container images, for
   * example {@code liangjiang:0.1}.
   *
   * @throws StartFailure when it is none of them
   */
  static Form of(String name) {
    Matcher images = IMAGES.matcher(name);
    return switch (name) {
      case "jvm" -> new Packaged();
      case "native" -> new Native();
      default -> {
        if (!images.matches()) {
          throw new StartFailure(
              "The city runs as jvm, native, or images by name and tag, like liangjiang:0.1; not as"
                  + " "
                  + name);
        }
        yield new Images(images.group(1), images.group(2));
      }
    };
  }

  /** As the build packages them, on the launcher's own JDK. */
  record Packaged() implements Form {
    @Override
    public List<String> command(CityOptions options, Service service, Set<String> variables) {
      return JavaCommand.of(options, service);
    }

    @Override
    public boolean isBuilt(Path checkout, Service service) {
      return Files.isRegularFile(service.runner(checkout));
    }

    @Override
    public String builtBy() {
      return "make run";
    }
  }

  /** Compiled ahead of time. */
  record Native() implements Form {
    @Override
    public List<String> command(CityOptions options, Service service, Set<String> variables) {
      return List.of(
          service.nativeProgram(options.checkout()).toAbsolutePath().toString(),
          "-Xmx" + service.heapMegabytes() + "m");
    }

    @Override
    public boolean isBuilt(Path checkout, Service service) {
      return Files.isExecutable(service.nativeProgram(checkout));
    }

    @Override
    public String builtBy() {
      return "make native";
    }
  }

  /**
   * Container images, which podman runs.
   *
   * @param prefix what comes before a slash and the service's name
   * @param tag the tag of all of them
   */
  record Images(String prefix, String tag) implements Form {
    @Override
    public List<String> command(CityOptions options, Service service, Set<String> variables) {
      return ContainerCommand.of(
          options, service, variables, prefix + "/" + service.id() + ":" + tag);
    }

    @Override
    public boolean isBuilt(Path checkout, Service service) {
      return true;
    }

    @Override
    public String builtBy() {
      return "make images";
    }
  }
}
