package io.bingoguard.cli;

import io.bingoguard.evaluate.CaseJudging;
import io.bingoguard.evaluate.Evaluation;
import io.bingoguard.evaluate.EvaluationOptions;
import io.bingoguard.evaluate.Evaluator;
import io.bingoguard.evaluate.Judged;
import io.bingoguard.evaluate.OffFormatRule;
import io.bingoguard.evaluate.WrongCase;
import io.bingoguard.evaluate.dataset.GoldDataset;
import io.bingoguard.evaluate.report.EvaluationJson;
import io.bingoguard.evaluate.report.EvaluationPage;
import io.bingoguard.evaluate.report.EvaluationText;
import io.bingoguard.evaluate.report.PageDetails;
import io.bingoguard.evaluate.report.ScoresFile;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.labelling.TextHandling;
import io.bingoguard.spark.rows.RunStamp;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code evaluate}: measures a model on a labelled set. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Compares a model's verdicts with a set's gold labels.",
      "Categories and severities too, by the code that labels corpora."
    },
    footerHeading = "%nExamples:%n",
    footer = {"  bingoguard evaluate --dataset xstest_prompts.csv --page xstest.html"})
final class EvaluateCommand extends GuardCommand<EvaluateCommand.Prepared> {
  @Option(
      names = "--dataset",
      required = true,
      paramLabel = "PATH",
      description = "Labelled set: CSV, JSON Lines, Parquet or Delta.")
  private String dataset;

  @Option(
      names = "--layout",
      paramLabel = "NAME",
      description =
          "What its columns mean; without it, found out. The names are in pipeline/README.md.")
  private Optional<String> layout = Optional.empty();

  @Option(
      names = "--format",
      paramLabel = "NAME",
      description = "parquet, delta, json or csv; without it, by the files' names.")
  private Optional<String> format = Optional.empty();

  @Mixin private CsvOption csv;

  @Mixin private ModelOptions model;

  @Option(
      names = "--severity",
      paramLabel = "flagged|all|off",
      defaultValue = "flagged",
      description =
          "Which replies are asked for their severity as label does (default: ${DEFAULT-VALUE}).")
  private SeverityMode severity;

  @Option(
      names = "--off-format",
      paramLabel = "excluded|authors",
      defaultValue = "excluded",
      description = {
        "excluded (default): an answer off format is in no figure, and counted;",
        "authors: a verdict off format is harmful, a severity off format is 0."
      })
  private OffFormatRule offFormat;

  @Option(
      names = "--resamples",
      paramLabel = "N",
      defaultValue = "1000",
      description =
          "Draws of the bootstrap for 95%% intervals; 0 for none (default: ${DEFAULT-VALUE}).")
  private int resamples;

  @Option(
      names = "--precision",
      paramLabel = "SHARE",
      defaultValue = "0.9",
      description = "Precision to look for a threshold for (default: ${DEFAULT-VALUE}).")
  private double precision;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures as JSON.")
  private Optional<Path> json = Optional.empty();

  @Option(
      names = "--page",
      paramLabel = "FILE",
      description = "Write a page with figures, wrong cases and plots (HTML).")
  private Optional<Path> page = Optional.empty();

  @Option(
      names = "--page-texts",
      description = "Put the texts of wrong cases on the page too, as far as there is room.")
  private boolean pageTexts;

  @Option(
      names = "--scores",
      paramLabel = "FILE",
      description =
          "Write gold labels and probabilities of each case as JSON Lines, without texts.")
  private Optional<Path> scores = Optional.empty();

  /** A labelled set, and what is to judge it. */
  record Prepared(
      GoldDataset gold,
      CaseJudging judging,
      EvaluationOptions options,
      RunStamp run,
      CategoryNames categories) {}

  @Override
  Optional<Path> jsonFile() {
    return json;
  }

  @Override
  Optional<String> modelOption() {
    return model.model();
  }

  private CorpusRequest request() {
    CorpusRequest.Builder request = CorpusRequest.of(dataset).csv(csv.dialect());
    format.map(CorpusFormat::of).ifPresent(request::format);
    return request.build();
  }

  @Override
  Prepared prepare(CommandContext context) {
    EvaluationOptions options = options();
    refuseTextsWithoutPage();
    page.ifPresent(OutputFile::refuseUnwritable);
    scores.ifPresent(OutputFile::refuseUnwritable);
    context.reachInput(dataset);
    CategoryNames categories = context.checkModel();
    SparkSession spark = context.spark();
    context.steps().begin("Reading the labelled set");
    GoldDataset gold = GoldDataset.open(spark, request(), layout);
    RunStamp run = context.run();
    LabellingOptions labelling =
        new LabellingOptions(
            context.model(), context.settings().given(), severity, TextHandling.PLAIN, run, false);
    return new Prepared(
        gold, new CaseJudging(spark, labelling, context.display()), options, run, categories);
  }

  @Override
  Outcome execute(CommandContext context, Prepared prepared) {
    GoldDataset gold = prepared.gold();
    context.steps().pause();
    List<Judged> judged = prepared.judging().judge(gold.cases());
    context.steps().begin("Computing the figures");
    Evaluator evaluator = new Evaluator(gold.cases(), judged, prepared.options());
    Evaluation evaluation =
        evaluator.evaluate(subject(gold, prepared.run(), context.model().notice()));
    Map<Path, String> files = new HashMap<>();
    page.ifPresent(
        file ->
            files.put(
                file,
                EvaluationPage.of(evaluation, details(context, prepared, evaluator.wrong()))));
    scores.ifPresent(file -> files.put(file, ScoresFile.of(gold.cases(), judged)));
    return Outcome.done(EvaluationText.of(evaluation), EvaluationJson.of(evaluation)).with(files);
  }

  private EvaluationOptions options() {
    try {
      return new EvaluationOptions(offFormat, resamples, precision);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec().commandLine(), e.getMessage(), e);
    }
  }

  private void refuseTextsWithoutPage() {
    if (pageTexts && page.isEmpty()) {
      throw new ParameterException(
          spec().commandLine(), "--page-texts is about the page: name its file with --page FILE");
    }
  }

  private PageDetails details(CommandContext context, Prepared prepared, List<WrongCase> wrong) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("--severity", severity.name().toLowerCase(Locale.ROOT));
    settings.putAll(context.settings().given());
    return new PageDetails(
        Instant.now(),
        prepared.run().engineVersion(),
        CommandLineText.of(spec()),
        settings,
        prepared.categories().byCode(),
        wrong,
        pageTexts);
  }

  private Evaluation.Subject subject(GoldDataset gold, RunStamp run, Optional<String> notice) {
    return new Evaluation.Subject(
        dataset,
        gold.layout().key(),
        gold.cases().size(),
        gold.leftOut().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().description())
            .toList(),
        run.model().id(),
        run.model().revision(),
        run.model().promptPack(),
        notice,
        offFormat,
        resamples);
  }
}
