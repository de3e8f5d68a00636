package io.bingoguard.verify;

import io.bingoguard.guard.GuardErrors;
import io.bingoguard.guard.GuardException;
import io.bingoguard.model.GreedyDecoder;
import io.bingoguard.model.GuardSession;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.model.Precision;
import io.bingoguard.model.SessionSettings;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.DirectScorer;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PassRunner;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.score.ScoreRequest;
import io.bingoguard.spark.EngineSettings;
import io.bingoguard.spark.EngineSizing;
import io.bingoguard.spark.HostModel;
import io.bingoguard.token.GuardTokenizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A model in this process, asked in several ways. For one thread. Owns native memory. */
public final class OpenModel implements AutoCloseable {
  private final HostModel model;
  private final ModelBundle bundle;
  private final EngineSettings settings;
  private final GuardTokenizer tokenizer;
  private final RequestFactory requests;
  private final EngineSizing sizing;
  private final GuardSession session;

  private OpenModel(HostModel model, EngineSettings settings) {
    this.model = model;
    this.bundle = ModelBundle.open(model.directory());
    this.settings = settings;
    this.sizing =
        EngineSizing.of(
            settings, bundle.checkpoint(), settings.localDevice(), OptionalLong.empty(), 0);
    this.tokenizer = GuardTokenizer.open(bundle.tokenizerFile());
    try {
      this.requests = new RequestFactory(bundle.pack(), tokenizer, settings.maxTokens());
      this.session = GuardSession.open(bundle.checkpoint(), sizing.session());
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
  }

  /**
   * Opens a model on the device of the settings.
   *
   * @param model its path; absent for the bundled demo model
   * @param settings settings with full keys
   * @throws io.bingoguard.guard.GuardException naming what cannot be opened
   */
  public static OpenModel open(Optional<String> model, Map<String, String> settings) {
    EngineSettings engine = EngineSettings.from(settings);
    HostModel files = HostModel.open(model, settings);
    try {
      return new OpenModel(files, engine);
    } catch (RuntimeException e) {
      files.close();
      throw e;
    }
  }

  public PromptPack pack() {
    return bundle.pack();
  }

  GuardTokenizer tokenizer() {
    return tokenizer;
  }

  SessionSettings opened() {
    return session.settings();
  }

  /** Renders and tokenizes a question. */
  public ScoreRequest request(Question question) {
    return question.category().isPresent()
        ? requests.severity(question.category().get(), question.exchange())
        : requests.binary(question.task(), question.exchange());
  }

  /** Scores as the pipeline does: prefixes shared, requests packed, one pass for each pack. */
  public List<ChoiceScores> score(List<ScoreRequest> asked) {
    return score(session, asked, sizing.limits());
  }

  /** Scores each request in a pass of its own and computes every token of it. */
  List<ChoiceScores> scoreAlone(List<ScoreRequest> asked) {
    List<ScoreRequest> unshared = asked.stream().map(ScoreRequest::withoutSharing).toList();
    return score(session, unshared, new PackLimits(1, 1, 1));
  }

  /**
   * Scores as the pipeline does in another number format.
   *
   * @throws io.bingoguard.guard.GuardException when the device's provider does not have it
   */
  List<ChoiceScores> score(List<ScoreRequest> asked, Precision precision) {
    SessionSettings own = session.settings();
    SessionSettings other =
        new SessionSettings(own.device(), precision, own.threads(), own.maxTokens());
    try (GuardSession opened = GuardSession.open(bundle.checkpoint(), other)) {
      return score(opened, asked, sizing.limits());
    }
  }

  private static List<ChoiceScores> score(
      GuardSession on, List<ScoreRequest> asked, PackLimits limits) {
    try (PassRunner runner = new PassRunner(on, limits, new EngineMetrics())) {
      List<ChoiceScores> scores = new ArrayList<>();
      for (CompletableFuture<ChoiceScores> scored :
          new DirectScorer(runner::run, limits).submit(asked)) {
        scores.add(scored.join());
      }
      return scores;
    } catch (CompletionException e) {
      throw e.getCause() instanceof GuardException known
          ? known
          : GuardErrors.passFailed(e.getCause());
    }
  }

  /** Writes each request's answer token by token, as many tokens as a legal answer is told by. */
  List<int[]> decode(List<ScoreRequest> asked) {
    GreedyDecoder decoder =
        new GreedyDecoder(
            session, bundle.checkpoint().config(), settings.maxTokens() + sizing.limits().bucket());
    List<int[]> answers = new ArrayList<>();
    for (ScoreRequest request : asked) {
      answers.add(decoder.decode(request.tokens(), requests.endToken(), request.choices().steps()));
    }
    return answers;
  }

  @Override
  public void close() {
    session.close();
    tokenizer.close();
    model.close();
  }
}
