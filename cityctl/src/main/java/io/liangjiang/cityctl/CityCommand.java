package io.liangjiang.cityctl;

import io.liangjiang.cityctl.chains.VerifyCommand;
import io.liangjiang.cityctl.clients.ClientsCommand;
import io.liangjiang.cityctl.days.DaysCommand;
import io.liangjiang.cityctl.erasures.ErasuresCommand;
import io.liangjiang.cityctl.events.EventsCommand;
import io.liangjiang.cityctl.journey.JourneyCommand;
import io.liangjiang.cityctl.keys.KeysCommand;
import io.liangjiang.cityctl.rotation.MasterKeyCommand;
import io.liangjiang.cityctl.rotation.SigningKeysCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

/** The command that all others hang on. */
@TopCommand
@Command(
    name = "cityctl",
    description = "Operates a city.",
    mixinStandardHelpOptions = true,
    subcommands = {
      ClientsCommand.class,
      DaysCommand.class,
      ErasuresCommand.class,
      EventsCommand.class,
      VerifyCommand.class,
      KeysCommand.class,
      SigningKeysCommand.class,
      MasterKeyCommand.class,
      JourneyCommand.class
    })
public final class CityCommand {}
