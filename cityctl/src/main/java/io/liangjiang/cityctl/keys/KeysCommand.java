package io.liangjiang.cityctl.keys;

import picocli.CommandLine.Command;

/** Commands about secrets. */
@Command(
    name = "keys",
    description = "Makes secrets.",
    mixinStandardHelpOptions = true,
    subcommands = InitCommand.class)
public final class KeysCommand {}
