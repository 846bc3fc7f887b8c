package io.liangjiang.cityctl;

import io.liangjiang.cityctl.chains.VerifyCommand;
import io.liangjiang.cityctl.clients.ClientsCommand;
import io.liangjiang.cityctl.days.DaysCommand;
import io.liangjiang.cityctl.erasures.ErasuresCommand;
import io.liangjiang.cityctl.events.EventsCommand;
import io.liangjiang.cityctl.rotation.MasterKeyCommand;
import io.liangjiang.cityctl.rotation.SigningKeysCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** A command that was run as an operator runs it. */
record CommandRun(int exitCode, String out, String err) {
  /** Without the cluster's commands, which need its client. */
  @Command(
      name = "cityctl",
      subcommands = {
        ClientsCommand.class,
        DaysCommand.class,
        ErasuresCommand.class,
        EventsCommand.class,
        MasterKeyCommand.class,
        SigningKeysCommand.class,
        VerifyCommand.class
      })
  static final class Commands {}

  static CommandRun of(List<String> arguments) {
    var out = new StringWriter();
    var err = new StringWriter();
    CommandLine line = CommandLines.lenient(new CommandLine(new Commands()));
    line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
    int exitCode = line.execute(arguments.toArray(String[]::new));
    return new CommandRun(exitCode, out.toString(), err.toString());
  }

  /** With the options that say where the city is and who works with it. */
  static CommandRun at(String gateway, String passwordFile, String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--gateway", gateway, "--password-file", passwordFile));
    return of(all);
  }
}
