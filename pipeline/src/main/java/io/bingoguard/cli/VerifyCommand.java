package io.bingoguard.cli;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.pipeline.ExitCode;
import io.bingoguard.pipeline.PipelineErrors;
import io.bingoguard.pipeline.PipelineSettings;
import io.bingoguard.source.Corpus;
import io.bingoguard.verify.CorpusExchanges;
import io.bingoguard.verify.OpenModel;
import io.bingoguard.verify.Question;
import io.bingoguard.verify.QuestionFile;
import io.bingoguard.verify.RequestDump;
import io.bingoguard.verify.TokenTable;
import io.bingoguard.verify.Verification;
import io.bingoguard.verify.VerificationText;
import io.bingoguard.verify.Verifier;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code verify}: checks single-pass scoring against greedy decoding. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Asks a model the same questions in several ways and counts where the answers differ:",
      "by one pass, by greedy decoding, each request alone, and in other number formats.",
      "Exit code 3 when a threshold is not kept."
    })
final class VerifyCommand implements Callable<Integer>, CommonOptions.Holder {
  /** Where the questions come from. */
  private static final class Questions {
    @Option(
        names = "--requests",
        paramLabel = "FILE",
        description =
            "JSON Lines with task (prompt, response, severity), category (severity only), prompt, response.")
    private Optional<Path> requests = Optional.empty();

    @Option(
        names = "--input",
        paramLabel = "PATH",
        description = "Corpus, of which a sample is asked about as label would.")
    private Optional<String> input = Optional.empty();
  }

  /** What must hold for exit code 0. */
  private static final class Thresholds {
    @Option(
        names = "--min-agreement",
        paramLabel = "SHARE",
        description =
            "Least share of equal answers, one pass and greedy (default: ${DEFAULT-VALUE}).")
    private double agreement = 1;

    @Option(
        names = "--max-off-format",
        paramLabel = "SHARE",
        description = "Greatest share of off-format answers (default: ${DEFAULT-VALUE}).")
    private double offFormat = 1;

    @Option(
        names = "--min-precision-agreement",
        paramLabel = "SHARE",
        description =
            "Least share of unchanged answers in other number formats (default: ${DEFAULT-VALUE}).")
    private double precision = 0;

    List<String> unmet(Verification found) {
      return Stream.of(
              unmet(found.agreement() < agreement, "agreement", found.agreement(), agreement),
              unmet(found.offFormat() > offFormat, "off format", found.offFormat(), offFormat),
              unmet(
                  found.precisionAgreement() < precision,
                  "agreement of other number formats",
                  found.precisionAgreement(),
                  precision))
          .flatMap(Optional::stream)
          .toList();
    }

    private static Optional<String> unmet(boolean is, String what, double seen, double wanted) {
      return is
          ? Optional.of("%s is %.4f, threshold %.4f".formatted(what, seen, wanted))
          : Optional.empty();
    }
  }

  @ArgGroup(multiplicity = "1")
  private Questions questions;

  @Option(
      names = "--sample",
      paramLabel = "N",
      defaultValue = "200",
      description = "Exchanges of the corpus to ask about (default: ${DEFAULT-VALUE}).")
  private int sample;

  @Mixin private ModelOptions model;

  @Mixin private CorpusOptions reading;

  @Option(
      names = "--dump",
      paramLabel = "FILE",
      description =
          "Write token ids, log-probabilities and arg max of every request as JSON Lines.")
  private Optional<Path> dump = Optional.empty();

  @Option(
      names = "--show-tokens",
      description = "Print the first request of each task token by token, texts left out.")
  private boolean showTokens;

  @Option(names = "--report", paramLabel = "FILE", description = "Write what was found as JSON.")
  private Optional<Path> report = Optional.empty();

  @ArgGroup(exclusive = false, heading = "Thresholds:%n")
  private Thresholds thresholds = new Thresholds();

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    final OpenModel opened;
    try {
      dump.ifPresent(OutputFile::refuseUnwritable);
      report.ifPresent(OutputFile::refuseUnwritable);
      opened = open();
    } catch (GuardException refused) {
      return ErrorReport.of(spec.commandLine()).print(refused, ExitCode.USAGE);
    }
    try (opened) {
      Verifier verifier = new Verifier(opened);
      List<Question> asked;
      try {
        asked = asked(opened, verifier);
      } catch (GuardException refused) {
        return ErrorReport.of(spec.commandLine()).print(refused, ExitCode.USAGE);
      }
      return verify(opened, verifier, asked);
    }
  }

  private int verify(OpenModel opened, Verifier verifier, List<Question> asked) {
    PrintWriter out = spec.commandLine().getOut();
    if (showTokens) {
      showTokens(out, opened, asked);
    }
    dump.ifPresent(file -> RequestDump.write(file, opened, asked));
    Verification found = verifier.verify(asked);
    out.print(VerificationText.of(found));
    ModelOptions.notice(out, model.model(common.settings()).isEmpty());
    report.ifPresent(file -> OutputFile.write(file, VerificationText.json(found) + "\n"));
    List<String> unmet = thresholds.unmet(found);
    unmet.forEach(line -> out.println("Threshold not kept: " + line));
    out.flush();
    return unmet.isEmpty() ? ExitCode.DONE : ExitCode.ALERT;
  }

  private OpenModel open() {
    PipelineSettings pipeline = PipelineSettings.of(common.settings());
    pipeline.refuseUnknown();
    return OpenModel.open(model.model(pipeline.given()), pipeline.given());
  }

  private List<Question> asked(OpenModel opened, Verifier verifier) {
    List<Question> asked =
        questions.requests.isPresent()
            ? QuestionFile.read(questions.requests.get(), opened.pack().categories())
            : verifier.questions(sampled(questions.input.orElseThrow()));
    if (asked.isEmpty()) {
      throw PipelineErrors.verifyNothingToAsk(
          questions.requests.map(Path::toString).or(() -> questions.input).orElseThrow());
    }
    return asked;
  }

  private List<Exchange> sampled(String input) {
    SparkSession spark = SparkSessions.open(common.settings());
    Corpus corpus = Corpus.open(spark, reading.request(input, PipelineSettings.of(spark)));
    return CorpusExchanges.sample(corpus, sample);
  }

  private static void showTokens(PrintWriter out, OpenModel opened, List<Question> asked) {
    for (GuardTask task : GuardTask.values()) {
      asked.stream()
          .filter(question -> question.task() == task)
          .findFirst()
          .ifPresent(question -> out.println(TokenTable.of(opened, question)));
    }
  }
}
