package io.bingoguard.cli;

import io.bingoguard.files.ProcessFolder;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

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
      "1:failed while running, or doctor or status found a failure",
      "2:not begun: wrong options, paths, schema or output, or another run writes to it",
      "3:done, and a threshold is not kept, files could not be read, or audit found an alarm",
      "4:too many exchanges came out as errors, or none was judged",
      "5:compare had too little to tell whether what changed is tolerated",
      "75:Spark, a device or the network failed; the same command may succeed",
      "130, 143:stopped by Ctrl-C or SIGTERM; the same command goes on from there"
    },
    subcommands = {
      InspectCommand.class,
      LabelCommand.class,
      QueryCommand.class,
      CurateCommand.class,
      CompareCommand.class,
      StatusCommand.class,
      RepairCommand.class,
      EvaluateCommand.class,
      VerifyCommand.class,
      AuditCommand.class,
      ExportCommand.class,
      ReviewsCommand.class,
      MaintainCommand.class,
      BundleCommand.class,
      DoctorCommand.class,
      HelpCommand.class,
      GenerateCompletion.class
    })
public final class BingoGuard implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(BingoGuard.class);

  @Spec private CommandSpec spec;

  private BingoGuard() {}

  /** Runs a command and ends the JVM with its exit code, unless the JVM is of Databricks. */
  public static void main(String[] arguments) {
    claimFolder();
    ProcessEnd.with(commandLine().execute(arguments), System.getenv(), System::exit);
  }

  /** Before anything writes a temporary file. */
  private static void claimFolder() {
    try {
      ProcessFolder.path();
    } catch (IOException e) {
      LOG.debug("There is no folder for temporary files; who needs it says so", e);
    }
  }

  static CommandLine commandLine() {
    return new CommandLine(new BingoGuard())
        .setCaseInsensitiveEnumValuesAllowed(true)
        .setParameterExceptionHandler(BingoGuard::refuse)
        .setExecutionExceptionHandler((failure, command, parsed) -> fail(failure, command));
  }

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "name a command");
  }

  private static int refuse(ParameterException failure, String[] arguments) {
    CommandLine command = failure.getCommandLine();
    ParameterException told =
        failure instanceof MissingParameterException
            ? misspelt(command, arguments).orElse(failure)
            : failure;
    PrintWriter err = command.getErr();
    PrintWriter safe = TerminalWriter.over(err);
    safe.println("error [USAGE]: " + told.getMessage());
    UnmatchedArgumentException.printSuggestions(told, safe);
    if (command.getParent() == null) {
      command.usage(err);
    } else {
      err.println("See '" + command.getCommandSpec().qualifiedName() + " --help'.");
    }
    return ExitCode.USAGE;
  }

  /** Names no option of the command; a required one is often missing because it is misspelt. */
  private static Optional<ParameterException> misspelt(CommandLine command, String[] arguments) {
    Set<String> options = command.getCommandSpec().optionsMap().keySet();
    List<String> unknown =
        Stream.of(arguments)
            .filter(argument -> argument.startsWith("--"))
            .map(argument -> argument.split("=", 2)[0])
            .filter(name -> !options.contains(name))
            .toList();
    return unknown.isEmpty()
        ? Optional.empty()
        : Optional.of(new UnmatchedArgumentException(command, unknown));
  }

  private static int fail(Exception failure, CommandLine command) {
    if (command.getCommand() instanceof GuardCommand<?> known) {
      return known.print(failure, ExitCode.FAILED);
    }
    command.getErr().println(GuardException.described(CommandErrors.unexpected(failure)));
    return ExitCode.FAILED;
  }
}
