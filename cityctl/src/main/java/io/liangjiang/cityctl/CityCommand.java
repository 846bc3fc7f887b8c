package io.liangjiang.cityctl;

import io.liangjiang.cityctl.journey.JourneyCommand;
import io.liangjiang.cityctl.keys.KeysCommand;
import io.quarkus.picocli.runtime.annotations.TopCommand;
import picocli.CommandLine.Command;

/** The command that all others hang on. */
@TopCommand
@Command(
    name = "cityctl",
    description = "Operates a city.",
    mixinStandardHelpOptions = true,
    subcommands = {KeysCommand.class, JourneyCommand.class})
public final class CityCommand {}
