package io.bingoguard.cli;

import io.bingoguard.evaluate.CaseJudging;
import io.bingoguard.evaluate.Evaluation;
import io.bingoguard.evaluate.EvaluationOptions;
import io.bingoguard.evaluate.Evaluator;
import io.bingoguard.evaluate.Judged;
import io.bingoguard.evaluate.OffFormatRule;
import io.bingoguard.evaluate.dataset.GoldDataset;
import io.bingoguard.evaluate.report.EvaluationJson;
import io.bingoguard.evaluate.report.EvaluationPage;
import io.bingoguard.evaluate.report.EvaluationText;
import io.bingoguard.evaluate.report.ScoresFile;
import io.bingoguard.guard.GuardException;
import io.bingoguard.pipeline.ExitCode;
import io.bingoguard.pipeline.PipelineSettings;
import io.bingoguard.score.SeverityMode;
import io.bingoguard.spark.LabelingOptions;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code evaluate}: measures a model on a labelled set. */
@Command(
    name = "evaluate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Lets a model judge a labelled set and compares its verdicts, categories and severities",
      "with the gold labels, by the code that labels corpora."
    })
final class EvaluateCommand implements Callable<Integer>, CommonOptions.Holder {
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

  @Option(names = "--page", paramLabel = "FILE", description = "Write a page with plots (HTML).")
  private Optional<Path> page = Optional.empty();

  @Option(
      names = "--scores",
      paramLabel = "FILE",
      description =
          "Write gold labels and probabilities of each case as JSON Lines, without texts.")
  private Optional<Path> scores = Optional.empty();

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    EvaluationOptions options = options();
    GoldDataset gold;
    ModelChoice choice;
    CaseJudging judging;
    try {
      for (Optional<Path> file : List.of(json, page, scores)) {
        file.ifPresent(OutputFile::refuseUnwritable);
      }
      SparkSession spark = SparkSessions.open(model.warmingUp(common.settings()));
      PipelineSettings pipeline = PipelineSettings.of(spark);
      pipeline.refuseUnknown();
      gold = GoldDataset.open(spark, dataset, format, layout);
      choice =
          ModelChoice.open(
              model.model(pipeline.given()),
              pipeline.given(),
              spark.sessionState().newHadoopConf());
      judging =
          new CaseJudging(
              spark,
              new LabelingOptions(
                  choice.path(), pipeline.given(), severity, choice.stamp(), false));
    } catch (GuardException refused) {
      return ErrorReport.of(spec.commandLine()).print(refused, ExitCode.USAGE);
    }
    List<Judged> judged = judging.judge(gold.cases());
    Evaluation evaluation =
        new Evaluator(gold.cases(), judged, options).evaluate(subject(gold, choice));
    out.print(EvaluationText.of(evaluation));
    ModelOptions.notice(out, choice.demo());
    out.flush();
    json.ifPresent(file -> OutputFile.write(file, EvaluationJson.of(evaluation) + "\n"));
    page.ifPresent(file -> OutputFile.write(file, EvaluationPage.of(evaluation)));
    scores.ifPresent(file -> OutputFile.write(file, ScoresFile.of(gold.cases(), judged)));
    return ExitCode.DONE;
  }

  private EvaluationOptions options() {
    try {
      return new EvaluationOptions(offFormat, resamples, precision);
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  private Evaluation.Subject subject(GoldDataset gold, ModelChoice choice) {
    return new Evaluation.Subject(
        dataset,
        gold.layout().key(),
        gold.cases().size(),
        gold.leftOut().entrySet().stream()
            .map(entry -> entry.getValue() + " " + entry.getKey().description())
            .toList(),
        choice.stamp().modelId(),
        choice.stamp().modelRevision(),
        choice.stamp().promptPack(),
        choice.demo(),
        offFormat,
        resamples);
  }
}
