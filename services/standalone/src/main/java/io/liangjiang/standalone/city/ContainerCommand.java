package io.liangjiang.standalone.city;

import io.liangjiang.standalone.process.StartFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The command line that runs one service from its container image, as locked down as a cluster does
 * it: the image's own user, a root file system that nobody can write, no capabilities, {@code /tmp}
 * alone for scratch. It shares the machine's network, so the ports are those of any other city.
 */
final class ContainerCommand {
  private static final String ENGINE = "podman";

  /** What the processes of a city need, and not more than small machines allow to be set. */
  private static final int FILES_AND_PROCESSES_MAX = 20_000;

  private static final int MEMORY_MEGABYTES = 512;

  private ContainerCommand() {}

  /**
   * @param variables names of the environment variables that the process is to have; their values
   *     are the engine's own, so that no secret is on a command line
   * @param image name and tag of the image
   */
  static List<String> of(
      CityOptions options, Service service, Set<String> variables, String image) {
    String limit = FILES_AND_PROCESSES_MAX + ":" + FILES_AND_PROCESSES_MAX;
    List<String> command =
        new ArrayList<>(
            List.of(
                ENGINE,
                "--runtime=runc",
                "run",
                "--rm",
                // one that was ended before it ran would stay, with its name
                "--replace",
                "--name=" + name(options, service),
                "--network=host",
                "--read-only",
                "--volume=" + scratch(options, service) + ":/tmp:U",
                "--cap-drop=all",
                "--security-opt=no-new-privileges",
                "--memory=" + MEMORY_MEGABYTES + "m",
                "--ulimit=nofile=" + limit,
                "--ulimit=nproc=" + limit,
                "--volume=" + channelKeys(options) + ":ro,U"));
    variables.stream().sorted().forEach(name -> command.add("--env=" + name));
    command.add(image);
    return command;
  }

  private static String name(CityOptions options, Service service) {
    return "liangjiang-" + service.id() + "-" + options.ports().of(service);
  }

  /** As a cluster gives it: empty at first, and on a disk. */
  private static Path scratch(CityOptions options, Service service) {
    Path scratch = options.data().resolve("tmp").resolve(service.id()).toAbsolutePath();
    try {
      return Files.createDirectories(scratch);
    } catch (IOException e) {
      throw new StartFailure("The directory " + scratch + " cannot be made: " + e, e);
    }
  }

  /** At the path that the environment names; the keys become the container user's (option U). */
  private static String channelKeys(CityOptions options) {
    Path keys = options.data().resolve("secrets/channel").toAbsolutePath();
    return keys + ":" + keys;
  }
}
