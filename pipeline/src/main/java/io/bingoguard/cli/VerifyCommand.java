package io.bingoguard.cli;

import io.bingoguard.engine.LoadedModel;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import io.bingoguard.source.Corpus;
import io.bingoguard.verify.AnswerProgress;
import io.bingoguard.verify.CorpusExchanges;
import io.bingoguard.verify.QuestionFile;
import io.bingoguard.verify.RequestDump;
import io.bingoguard.verify.TokenTable;
import io.bingoguard.verify.Verification;
import io.bingoguard.verify.VerificationText;
import io.bingoguard.verify.Verifier;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code verify}: checks single-pass scoring against greedy decoding. */
@Command(
    name = "verify",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Asks a model in several ways and counts what differs.",
      "The same questions by one pass, by greedy decoding, each request alone, and in other number",
      "formats. Exit code 3 when a threshold is not kept."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard verify --input corpus.jsonl.gz --sample 50",
      "  bingoguard verify --requests questions.jsonl --dump answers.jsonl"
    })
final class VerifyCommand extends GuardCommand<VerifyCommand.Prepared> {
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

    /** What is not kept; a threshold that is no number never is. */
    List<String> unmet(Verification found) {
      return Stream.of(
              unmet(!(found.agreement() >= agreement), "agreement", found.agreement(), agreement),
              unmet(!(found.offFormat() <= offFormat), "off format", found.offFormat(), offFormat),
              unmet(
                  !(found.precisionAgreement() >= precision),
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

  /** A model, and what it is asked. */
  record Prepared(LoadedModel model, Verifier verifier, List<Question> questions) {}

  @Override
  Optional<Path> jsonFile() {
    return report;
  }

  @Override
  Optional<String> modelOption() {
    return model.model();
  }

  @Override
  Prepared prepare(CommandContext context) {
    dump.ifPresent(OutputFile::refuseUnwritable);
    questions.input.ifPresent(context::reachInput);
    LoadedModel opened = context.open();
    Verifier verifier = new Verifier(opened, new AnswerProgress(context.display()));
    List<Question> asked =
        questions.requests.isPresent()
            ? QuestionFile.read(questions.requests.get(), opened)
            : asked(context, verifier, questions.input.orElseThrow());
    if (asked.isEmpty()) {
      throw CommandErrors.verifyNothingToAsk(
          questions.requests.map(Path::toString).or(() -> questions.input).orElseThrow());
    }
    return new Prepared(opened, verifier, asked);
  }

  private List<Question> asked(CommandContext context, Verifier verifier, String input) {
    SparkSession spark = context.spark();
    context.steps().begin("Reading the input");
    Corpus corpus = Corpus.open(spark, reading.request(input).build());
    List<Exchange> exchanges = CorpusExchanges.sample(corpus, sample);
    context.steps().pause();
    return verifier.questions(exchanges);
  }

  @Override
  Outcome execute(CommandContext context, Prepared prepared) {
    List<Question> asked = prepared.questions();
    if (showTokens) {
      showTokens(prepared.model(), asked);
    }
    context.steps().begin("Asking for the dump");
    dump.ifPresent(file -> OutputFile.write(file, RequestDump.of(prepared.model(), asked)));
    context.steps().pause();
    Verification found = prepared.verifier().verify(asked);
    List<String> unmet = thresholds.unmet(found);
    StringBuilder text = new StringBuilder(VerificationText.of(found));
    unmet.forEach(line -> text.append("Threshold not kept: %s%n".formatted(line)));
    return Outcome.done(text.toString(), VerificationText.json(found))
        .withExitCode(unmet.isEmpty() ? ExitCode.DONE : ExitCode.ALERT);
  }

  private void showTokens(LoadedModel opened, List<Question> asked) {
    for (GuardTask task : GuardTask.values()) {
      asked.stream()
          .filter(question -> question.task() == task)
          .findFirst()
          .ifPresent(question -> out().println(TokenTable.of(opened, question)));
    }
  }
}
