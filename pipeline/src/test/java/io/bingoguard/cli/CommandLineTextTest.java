package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

class CommandLineTextTest {
  @Test
  void quotesWhatAShellWouldRead() {
    assertThat(typed("sub", "--set", "it's <here> & now", "--set", "plain/path.csv"))
        .isEqualTo("bingoguard sub --set 'it'\\''s <here> & now' --set plain/path.csv");
  }

  @Test
  void leavesOutValuesOfForeignSettings() {
    assertThat(
            typed(
                "sub",
                "--conf",
                "spark.hadoop.fs.s3a.secret.key=hidden",
                "--conf=spark.hadoop.fs.s3a.access.key=hidden",
                "--conf",
                "spark.ssl.password=spark.bingoguard.hidden",
                "--conf",
                "spark.bingoguard.device=cpu"))
        .isEqualTo(
            "bingoguard sub --conf spark.hadoop.fs.s3a.secret.key=..."
                + " --conf=spark.hadoop.fs.s3a.access.key=..."
                + " --conf spark.ssl.password=..."
                + " --conf spark.bingoguard.device=cpu");
  }

  private static String typed(String... words) {
    CommandSpec sub =
        CommandSpec.create()
            .addOption(OptionSpec.builder("--set", "--conf").type(String[].class).build());
    CommandLine line = new CommandLine(CommandSpec.create()).addSubcommand("sub", sub);
    line.parseArgs(words);
    return CommandLineText.of(sub);
  }
}
