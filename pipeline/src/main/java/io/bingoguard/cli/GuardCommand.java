package io.bingoguard.cli;

import io.bingoguard.guard.GuardException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * The frame of every command: what the user named wrongly is refused before anything is done, then
 * the work is done and told.
 *
 * @param <P> what a command has found out before it works
 */
abstract class GuardCommand<P> implements Callable<Integer> {
  @Mixin private CommonOptions common;
  @Spec private CommandSpec spec;

  /** Where the JSON form of the outcome is to go, if anywhere. */
  Optional<Path> jsonFile() {
    return Optional.empty();
  }

  /** The model that the options name; those of the settings are used without. */
  Optional<String> modelOption() {
    return Optional.empty();
  }

  /**
   * Looks at everything that the user named, and changes nothing.
   *
   * @throws GuardException what is refused; the process ends with 2
   */
  abstract P prepare(CommandContext context);

  /**
   * Does the work.
   *
   * @throws GuardException what failed; the process ends with its code's exit code
   */
  abstract Outcome execute(CommandContext context, P prepared);

  @Override
  public final Integer call() {
    CommandContext context;
    try {
      context = CommandContext.of(common.settings(), modelOption());
    } catch (GuardException refused) {
      return print(refused, ExitCode.USAGE);
    }
    try (context) {
      return run(context);
    } catch (GuardException failed) {
      return print(failed, failed.code().exitCode());
    }
  }

  private int run(CommandContext context) {
    P prepared;
    context.steps().begin("Looking at what was named");
    try {
      jsonFile().ifPresent(OutputFile::refuseUnwritable);
      prepared = prepare(context);
      out().flush();
    } catch (GuardException refused) {
      context.steps().pause();
      return print(refused, refused.code().exitCodeOfRefusal());
    }
    context.steps().begin("Working");
    try {
      jsonFile().ifPresent(OutputFile::deleteOlder);
      return finish(context, execute(context, prepared));
    } catch (GuardException failed) {
      context.steps().pause();
      throw failed;
    }
  }

  private int finish(CommandContext context, Outcome outcome) {
    context.steps().pause();
    PrintWriter out = out();
    out.print(outcome.text());
    if (spec.findOption("--model") != null) {
      context.model().notice().ifPresent(out::println);
    }
    out.flush();
    jsonFile().ifPresent(file -> OutputFile.write(file, outcome.json() + "\n"));
    outcome.files().forEach(OutputFile::write);
    return outcome
        .problem()
        .map(problem -> print(problem, problem.code().exitCode()))
        .orElse(outcome.exitCode());
  }

  /** Where a command tells how it gets on, on a terminal perhaps. */
  final PrintWriter out() {
    return TerminalWriter.over(spec.commandLine().getOut());
  }

  final CommandSpec spec() {
    return spec;
  }

  /** Prints a failure: code and message on one line, and where it happened only on request. */
  final int print(Throwable failure, int exitCode) {
    GuardException known =
        GuardException.in(failure).orElseGet(() -> CommandErrors.unexpected(failure));
    PrintWriter err = TerminalWriter.over(spec.commandLine().getErr());
    err.println(GuardException.described(known));
    NextCommand.after(known, spec.root().commandLine().getParseResult().originalArgs())
        .ifPresent(next -> err.println("Next: " + next));
    if (common.verbose()) {
      failure.printStackTrace(err);
    }
    err.flush();
    return exitCode;
  }
}
