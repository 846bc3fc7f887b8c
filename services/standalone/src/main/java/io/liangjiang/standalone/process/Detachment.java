package io.liangjiang.standalone.process;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Words put before a command so that the child has a session of its own (Ctrl-C at the terminal
 * reaches the launcher alone, which then ends its children in order) and is ended by the kernel
 * when the launcher is killed. Both come from util-linux; where they are missing the command runs
 * as it is.
 */
final class Detachment {
  private Detachment() {}

  static List<String> of(List<String> command) {
    List<String> words = new ArrayList<>();
    if (onPath("setsid")) {
      words.add("setsid");
    }
    if (onPath("setpriv")) {
      words.addAll(List.of("setpriv", "--pdeathsig", "TERM"));
    }
    words.addAll(command);
    return words;
  }

  private static boolean onPath(String program) {
    String path = System.getenv().getOrDefault("PATH", "");
    for (String directory : path.split(File.pathSeparator, -1)) {
      if (Files.isExecutable(Path.of(directory, program))) {
        return true;
      }
    }
    return false;
  }
}
