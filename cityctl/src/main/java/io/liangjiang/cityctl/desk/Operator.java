package io.liangjiang.cityctl.desk;

import io.liangjiang.standalone.phone.NoAnswer;
import io.liangjiang.standalone.phone.Phone;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that works with the running city, and what they lead to. */
public final class Operator {
  /** All went as it should. */
  public static final int DONE = 0;

  /** The city refused, or a check found something. */
  public static final int NOT_DONE = 1;

  /** Nobody answered: whether it was done is not known. */
  public static final int NO_ANSWER = 3;

  private static final Duration TO_CONNECT = Duration.ofSeconds(10);
  private static final String PASSWORD = "CITYCTL_PASSWORD";

  /** What a command does; its exit code. */
  @FunctionalInterface
  public interface Deed {
    /** Does it, and shows what came of it. */
    int at(Desk desk, Sheet sheet);
  }

  /** Set by picocli before the call. */
  @SuppressWarnings("NullAway.Init")
  @Spec(Spec.Target.MIXEE)
  CommandSpec spec;

  @Option(
      names = "--gateway",
      defaultValue = "${env:CITYCTL_GATEWAY:-http://localhost:8080}",
      description = "Where the city answers; also CITYCTL_GATEWAY. Default: ${DEFAULT-VALUE}")
  URI gateway = URI.create("http://localhost:8080");

  @Option(
      names = "--user",
      defaultValue = "${env:CITYCTL_USER:-admin}",
      description = "The staff member who signs in; also CITYCTL_USER. Default: ${DEFAULT-VALUE}")
  String user = "admin";

  @Option(
      names = "--password-file",
      description = "File with the password. Without it the variable CITYCTL_PASSWORD has it.")
  @Nullable Path passwordFile;

  @Option(
      names = "--output",
      defaultValue = "TABLE",
      description = "${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}")
  Sheet.Form output = Sheet.Form.TABLE;

  /** Signs in, does it and signs out; the exit code. */
  public int run(Deed deed) {
    CommandLine command = spec.commandLine();
    PrintWriter err = command.getErr();
    String password = password(command);
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(TO_CONNECT).build()) {
      Desk desk = Desk.signIn(Phone.anonymous(http, gateway), user, password);
      try {
        return deed.at(desk, new Sheet(command.getOut(), output));
      } finally {
        desk.signOut();
      }
    } catch (Refused e) {
      err.println(e.getMessage());
      return NOT_DONE;
    } catch (NoAnswer e) {
      err.println(e.getMessage());
      return NO_ANSWER;
    } finally {
      command.getOut().flush();
      err.flush();
    }
  }

  private String password(CommandLine command) {
    if (passwordFile != null) {
      try {
        return Files.readString(passwordFile).strip();
      } catch (IOException e) {
        throw new ParameterException(command, "The password file cannot be read: " + e, e);
      }
    }
    String given = System.getenv(PASSWORD);
    if (given == null || given.isEmpty()) {
      throw new ParameterException(
          command,
          "The password of %s is missing: --password-file or %s".formatted(user, PASSWORD));
    }
    return given;
  }
}
