package io.bingoguard.cli;

import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The program: {@code spark-submit --class io.bingoguard.cli.BingoGuard}. */
@Command(
    name = "bingoguard",
    mixinStandardHelpOptions = true,
    versionProvider = VersionText.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Labels large conversation corpora for harm and severity on Apache Spark.",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:done",
      "1:failed while running, or doctor found a failure",
      "2:not begun: wrong options, paths, schema or output",
      "3:done, and a threshold is not kept",
      "4:too many exchanges came out as errors, or none was judged"
    },
    subcommands = {
      LabelCommand.class,
      EvaluateCommand.class,
      VerifyCommand.class,
      BundleCommand.class,
      DoctorCommand.class
    })
public final class BingoGuard implements Runnable {
  @Spec private CommandSpec spec;

  private BingoGuard() {}

  /** Runs a command and ends the JVM with its exit code. */
  public static void main(String[] arguments) {
    System.exit(commandLine().execute(arguments));
  }

  static CommandLine commandLine() {
    return new CommandLine(new BingoGuard())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(BingoGuard::refuse)
        .setExecutionExceptionHandler(
            (failure, command, parsed) ->
                command.<GuardCommand<?>>getCommand().print(failure, ExitCode.FAILED));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }

  private static int refuse(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("error [USAGE]: " + failure.getMessage());
    if (!CommandLine.UnmatchedArgumentException.printSuggestions(failure, err)) {
      command.usage(err);
    }
    return ExitCode.USAGE;
  }
}
