package io.bingoguard.cli;

import io.bingoguard.guard.GuardException;
import io.bingoguard.query.Query;
import io.bingoguard.query.Question;
import io.bingoguard.query.Questions;
import io.bingoguard.query.Since;
import io.bingoguard.table.OutputDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;

/** {@code query}: the answer to a question, from the tables of an output. */
@Command(
    name = "query",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Answers a question from the tables of an output.",
      "Changes nothing and asks no model. --list says which questions have a name."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard query --list",
      "  bingoguard query --output labelled worst-sources",
      "  bingoguard query --output labelled changes --since 2026-05-31",
      "  bingoguard query --output labelled review-list --format csv --save review.csv",
      "  bingoguard query --output labelled --file my.sql --format json"
    })
final class QueryCommand extends GuardCommand<Optional<Query>> {
  @Parameters(arity = "0..1", paramLabel = "NAME", description = "Name of the question.")
  private Optional<String> name = Optional.empty();

  @Option(names = "--output", paramLabel = "DIR", description = "The output of label.")
  private Optional<String> output = Optional.empty();

  @Option(
      names = "--file",
      paramLabel = "FILE",
      description =
          "Ask the SQL query of a file instead. It sees the tables of the output as views, and current_labels, conversations, category_counts and changes.")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--list", description = "Say which questions there are, and ask none.")
  private boolean list;

  @Option(
      names = "--format",
      paramLabel = "table|csv|json",
      defaultValue = "table",
      description =
          "A table for people, CSV with a header, or JSON with an object a line (default: ${DEFAULT-VALUE}).")
  private QueryAnswer format;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "At most the first N rows (default: 20 of a table, else all).")
  private Optional<Integer> limit = Optional.empty();

  @Option(
      names = "--since",
      paramLabel = "WHEN",
      description =
          "Changes since a night (a day in UTC such as 2026-05-31), a time, or a version of the labels (default: the day of the last run).")
  private Optional<String> since = Optional.empty();

  @Option(
      names = "--save",
      paramLabel = "FILE",
      description =
          "Write the answer to a local file, each character as the tables have it, and print nothing.")
  private Optional<Path> save = Optional.empty();

  @Override
  Optional<Query> prepare(CommandContext context) {
    if (list) {
      return Optional.empty();
    }
    if (limit.isPresent() && limit.get() < 1) {
      throw refusal("--limit is %d; expected 1 or more".formatted(limit.get()));
    }
    Optional<Since> from = since.map(this::since);
    Question question = question();
    String location = output.orElseThrow(() -> refusal("name the --output of label"));
    save.ifPresent(OutputFile::refuseUnwritable);
    context.reachOutput(location);
    OutputDirectory directory = OutputDirectory.existing(location, context.hadoop());
    var spark = context.spark();
    context.steps().begin("Looking at the tables");
    return Optional.of(Query.prepare(spark, directory, question, from));
  }

  private Question question() {
    if (name.isPresent() == file.isPresent()) {
      throw refusal("name a question or a --file, one of both; --list says which there are");
    }
    return name.map(Questions::named).orElseGet(() -> Questions.ofFile(file.orElseThrow()));
  }

  private Since since(String given) {
    try {
      return Since.parse(given);
    } catch (IllegalArgumentException e) {
      throw refusal("--since: " + e.getMessage());
    }
  }

  @Override
  Outcome execute(CommandContext context, Optional<Query> asked) {
    if (asked.isEmpty()) {
      return Outcome.done(listed(), "");
    }
    Query query = asked.get();
    context.steps().begin("Asking");
    query.since().ifPresent(when -> note("Changes since %s.".formatted(when)));
    try {
      answer(context, query);
    } catch (GuardException e) {
      throw e;
    } catch (Exception e) {
      // Spark's own errors are checked exceptions that its methods do not declare.
      throw query.failed(e);
    }
    return Outcome.done("", "");
  }

  private void answer(CommandContext context, Query query) {
    if (save.isEmpty()) {
      PrintWriter out = out();
      Optional<String> besides = format.write(query.rows(), limit, () -> silenced(context, out));
      out.flush();
      besides.ifPresent(this::note);
      return;
    }
    Path written = save.get();
    try (PrintWriter out = new PrintWriter(Files.newBufferedWriter(written))) {
      format.write(query.rows(), limit, () -> out).ifPresent(this::note);
      if (out.checkError()) {
        throw new IOException("not all of it could be written");
      }
    } catch (IOException e) {
      throw CommandErrors.outputFileNotWritable(written.toString(), e);
    }
  }

  /** Nothing is said of the work once the answer begins. */
  private static PrintWriter silenced(CommandContext context, PrintWriter out) {
    context.steps().pause();
    return out;
  }

  /** Beside the answer, which stands alone on standard output. */
  private void note(String words) {
    TerminalWriter.over(spec().commandLine().getErr()).println(words);
  }

  private ParameterException refusal(String message) {
    return new ParameterException(spec().commandLine(), message);
  }

  private static String listed() {
    return Questions.all().stream()
        .map(question -> "%-20s %s%n".formatted(question.name(), question.words()))
        .collect(Collectors.joining());
  }
}
