package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

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
    Sub sub = new Sub();
    CommandLine line = new CommandLine(new Top()).addSubcommand(sub);
    line.parseArgs(words);
    return CommandLineText.of(sub.spec);
  }

  @Command(name = "top")
  static final class Top {}

  @Command(name = "sub")
  static final class Sub {
    @Option(names = {"--set", "--conf"})
    private String[] given;

    @Spec private CommandSpec spec;
  }
}
