package io.bingoguard.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.OutputState;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code status}: tells what an output holds and whether its tables agree. */
@Command(
    name = "status",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Tells what an output holds and whether its tables agree.",
      "Which run writes to it, too. Changes nothing. Exits with 1 when the next run of label would",
      "be refused."
    },
    footerHeading = "%nExample:%n",
    footer = "  bingoguard status --output labelled")
final class StatusCommand extends GuardCommand<OutputDirectory> {
  private static final String ROW = "  %-22s %s%n";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "The output of label.")
  private String output;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write the same as JSON to a local file.")
  private Optional<Path> json = Optional.empty();

  @Override
  Optional<Path> jsonFile() {
    return json;
  }

  @Override
  OutputDirectory prepare(CommandContext context) {
    context.reachOutput(output);
    return OutputDirectory.existing(output, context.hadoop());
  }

  @Override
  Outcome execute(CommandContext context, OutputDirectory directory) {
    var spark = context.spark();
    context.steps().begin("Looking at the tables");
    OutputState state = OutputState.of(spark, directory);
    return Outcome.done(text(directory, state), json(state))
        .withExitCode(state.behind().isPresent() ? ExitCode.FAILED : ExitCode.DONE);
  }

  private static String text(OutputDirectory directory, OutputState state) {
    StringBuilder text = new StringBuilder("Output %s%n".formatted(directory.root()));
    row(
        text,
        "labels",
        state.labels().isPresent()
            ? "%s rows, version %s".formatted(number(state.rows()), number(state.labelsVersion()))
            : "none");
    state
        .labels()
        .orElse(Map.of())
        .forEach(
            (model, rows) ->
                row(
                    text,
                    "",
                    "%s by %s, %s, %s"
                        .formatted(
                            number(rows), model.id(), model.revision(), model.promptPack())));
    row(
        text,
        "input files",
        state.files().isEmpty()
            ? "none"
            : state.files().entrySet().stream()
                .map(entry -> entry.getKey() + " " + number(entry.getValue()))
                .collect(Collectors.joining(", ")));
    row(text, "last run", state.lastRun().orElse("none"));
    row(text, "written by", state.holder().orElse("nobody at the moment"));
    text.append(System.lineSeparator()).append(verdict(directory, state));
    return text.toString();
  }

  private static String verdict(OutputDirectory directory, OutputState state) {
    if (state.behind().isPresent()) {
      return """
          The labels are not those that were written: %s.
          Put them back, or give: bingoguard repair --output %s
          It forgets which files were read; the next run of label compares them with the labels
          that are there, and labels what is missing.
          """
          .formatted(state.behind().get(), directory.root());
    }
    StringBuilder text = new StringBuilder();
    if (state.limit().isPresent()) {
      return "A quick look at the first %s exchanges; it takes no more.%n"
          .formatted(state.limit().get());
    }
    if (state.files().isEmpty() && state.rows() > 0) {
      return "Which files are labelled is not recorded; the next run finds it out from the labels.%n"
          .formatted();
    }
    if (state.unrecorded() > 0) {
      text.append(
          "A run ended before it recorded the files of %s commits; the next run does.%n"
              .formatted(number(state.unrecorded())));
    }
    if (!state.running().isEmpty() && state.holder().isEmpty()) {
      text.append(
          "Runs ended without a word: %s; the next run says so in the runs table.%n"
              .formatted(String.join(", ", state.running())));
    }
    long missing = state.missing();
    if (missing > 0) {
      text.append(
          "%s rows that were written are not there: deleted, or judged again by --retry-errors.%n"
              .formatted(number(missing)));
    }
    return text.append("The tables agree.%n".formatted()).toString();
  }

  private static String json(OutputState state) {
    JsonMapper mapper = new JsonMapper();
    ObjectNode json = mapper.createObjectNode();
    state
        .labels()
        .ifPresent(
            byModel -> {
              json.put("labels", state.rows());
              ArrayNode models = json.putArray("labels_by_model");
              byModel.forEach(
                  (model, rows) ->
                      models
                          .addObject()
                          .put("model_id", model.id())
                          .put("model_revision", model.revision())
                          .put("prompt_pack", model.promptPack())
                          .put("labels", rows));
            });
    json.put("labels_version", state.labelsVersion());
    json.put("labels_added", state.added());
    json.put("commits_unrecorded", state.unrecorded());
    json.set("files", mapper.valueToTree(Map.copyOf(state.files())));
    json.set("running", mapper.valueToTree(state.running()));
    state.lastRun().ifPresent(run -> json.put("last_run", run));
    state.holder().ifPresent(process -> json.put("written_by", process));
    state.limit().ifPresent(limit -> json.put("limit", Integer.parseInt(limit)));
    state.behind().ifPresent(seen -> json.put("behind", seen));
    json.put("agree", state.behind().isEmpty());
    return json.toPrettyString();
  }

  private static void row(StringBuilder text, String name, String value) {
    text.append(ROW.formatted(name, value));
  }

  private static String number(long value) {
    return String.format(Locale.ROOT, "%,d", value);
  }
}
