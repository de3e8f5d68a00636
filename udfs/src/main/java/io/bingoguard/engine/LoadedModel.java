package io.bingoguard.engine;

import ai.onnxruntime.OrtException;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.bundle.ModelBundle;
import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.cache.LocalModel;
import io.bingoguard.cache.ModelCache;
import io.bingoguard.device.Device;
import io.bingoguard.device.DeviceMemory;
import io.bingoguard.guard.Question;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.AnswerChoices;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.DirectScorer;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PassFailure;
import io.bingoguard.score.PassRunner;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.score.ScoreRequest;
import io.bingoguard.score.ScoredQuestion;
import io.bingoguard.session.LlamaSession;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionFactory;
import io.bingoguard.token.GuardTokenizer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A model, opened on one device. Whoever judges, verifies or examines opens it here, so that all
 * see the same files, limits and session. For one thread at a time. Owns native memory.
 */
public final class LoadedModel implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LoadedModel.class);

  private final ModelRef ref;
  private final EngineSettings settings;
  private final Device device;
  private final ModelCache cache;
  private final LocalModel files;
  private final ModelBundle bundle;
  private final GuardTokenizer tokenizer;
  private final RequestFactory requests;
  private final EngineSizing sizing;
  private final LlamaSession session;

  /** What is open, the latest first. */
  private final Deque<Runnable> open = new ArrayDeque<>();

  /** {@link #open}, with sessions of another kind than the settings say. */
  LoadedModel(
      ModelRef ref,
      EngineSettings settings,
      Device device,
      ModelCache cache,
      SessionFactory sessions) {
    this.ref = ref;
    this.device = device;
    this.cache = cache;
    try {
      this.files = cache.fetch(ref);
      open.push(files::close);
      this.bundle = ModelBundle.open(files.directory());
      this.tokenizer = GuardTokenizer.open(bundle.tokenizerFile());
      open.push(tokenizer::close);
      bundle.warnings(settings.maxTokens()).forEach(line -> LOG.warn("Model {}: {}", ref, line));
      this.requests =
          ModelBundle.requests(
              bundle.checkpoint().config(), tokenizer, bundle.pack(), settings.maxTokens());
      this.settings = settings.upTo(requests.maxTokens());
      this.sizing =
          EngineSizing.of(
              this.settings,
              bundle.checkpoint(),
              device,
              freeBytes(device),
              requests.prefixTokens());
      this.session = sessions.open(bundle.checkpoint(), sizing.session());
      open.push(session::close);
    } catch (RuntimeException | Error e) {
      close();
      throw e;
    }
  }

  /**
   * Opens a model.
   *
   * @param cache brings its files to this host
   * @throws io.bingoguard.guard.GuardException naming what cannot be opened; nothing stays open
   *     then
   */
  public static LoadedModel open(
      ModelRef ref, EngineSettings settings, Device device, ModelCache cache) {
    return new LoadedModel(ref, settings, device, cache, settings.sessions());
  }

  private static OptionalLong freeBytes(Device device) {
    return device.cudaOrdinal().stream()
        .mapToObj(DeviceMemory::of)
        .flatMap(Optional::stream)
        .mapToLong(DeviceMemory::freeBytes)
        .findFirst();
  }

  /**
   * Looks at a model without opening a session, so that a driver finds what would make every
   * executor fail. No weights are read.
   *
   * @return the model's prompt pack
   * @throws io.bingoguard.guard.GuardException naming the file that is missing or amiss
   */
  public static PromptPack check(ModelRef ref, EngineSettings settings, ModelCache cache) {
    try (LocalModel small = cache.small(ref)) {
      return checked(ref, small, settings);
    }
  }

  /**
   * {@link #check}, for whoever shows labels to people.
   *
   * @return the model's categories, in the order of its prompt pack
   * @throws io.bingoguard.guard.GuardException naming the file that is missing or amiss
   */
  public static List<Category> categories(ModelRef ref, EngineSettings settings, ModelCache cache) {
    return ModelCategories.of(check(ref, settings, cache));
  }

  private static PromptPack checked(ModelRef ref, LocalModel small, EngineSettings settings) {
    Path directory = small.directory();
    PromptPack pack =
        ref instanceof ModelRef.Remote
            ? PromptPack.read(directory.resolve(PromptPack.FILE_NAME))
            : ModelBundle.open(directory).pack();
    ModelBundle.refuseUnfit(directory, pack, settings.maxTokens());
    return pack;
  }

  /**
   * What is done otherwise than a model's config and the settings say, a line each; of a model that
   * can be used.
   */
  public static List<String> warnings(ModelRef ref, EngineSettings settings, ModelCache cache) {
    try (LocalModel small = cache.small(ref)) {
      Path directory = small.directory();
      return ref instanceof ModelRef.Remote
          ? ModelBundle.refuseUnfit(
              directory,
              PromptPack.read(directory.resolve(PromptPack.FILE_NAME)),
              settings.maxTokens())
          : ModelBundle.open(directory).warnings(settings.maxTokens());
    }
  }

  /**
   * Brings a model's files to this host and sees that they open, weights included, without opening
   * a session.
   *
   * @throws io.bingoguard.guard.GuardException naming the file that is missing or amiss
   */
  public static void fetch(ModelRef ref, ModelCache cache) {
    try (LocalModel files = cache.fetch(ref)) {
      ModelBundle.open(files.directory());
    }
  }

  /** What a model's manifest says of it; empty for a model without one. */
  public static Optional<BundleManifest> manifest(ModelRef ref, ModelCache cache) {
    try (LocalModel small = cache.small(ref)) {
      return small.manifest();
    }
  }

  /**
   * {@link #check}, for whoever compares models.
   *
   * @return name, version and digest of the model's prompt pack, as labels carry them
   * @throws io.bingoguard.guard.GuardException naming the file that is missing or amiss
   */
  public static String promptPack(ModelRef ref, EngineSettings settings, ModelCache cache) {
    return check(ref, settings, cache).id().toString();
  }

  /**
   * {@linkplain #check Checks} a model and computes what tells it from others. Every file of a
   * local model is read once for its digest; that of another is its manifest's, which executors
   * check.
   *
   * @throws io.bingoguard.guard.GuardException naming the file that is missing or amiss
   */
  public static ModelIdentity identify(ModelRef ref, EngineSettings settings, ModelCache cache) {
    try (LocalModel small = cache.small(ref)) {
      PromptPack pack = checked(ref, small, settings);
      String revision =
          ref instanceof ModelRef.Remote
              ? small.manifest().orElseThrow().modelRevision()
              : ModelBundle.open(small.directory()).revision();
      small.manifest().ifPresent(manifest -> manifest.refuseOther(revision, small.directory()));
      return new ModelIdentity(ref.name(), revision, pack.id().toString());
    }
  }

  /** The same model in another number format, with a session of its own. */
  public LoadedModel in(Precision precision) {
    return open(ref, settings.in(precision), device, cache);
  }

  /** The number formats that this one is not in. */
  public List<Precision> otherPrecisions() {
    return Arrays.stream(Precision.values()).filter(other -> other != precision()).toList();
  }

  public PromptPack pack() {
    return bundle.pack();
  }

  public Device device() {
    return device;
  }

  public Precision precision() {
    return session.settings().precision();
  }

  /** How a token is spelled; a part of a character shows as the replacement character. */
  public String spelling(int token) {
    return tokenizer.spelling(token);
  }

  /** Renders and tokenizes a question. */
  public ScoreRequest request(Question question) {
    return requests.request(question);
  }

  /** Scores as labelling does: prefixes shared, requests packed, one pass for each pack. */
  public List<ScoredQuestion> score(List<Question> questions) {
    return score(questions, any -> {});
  }

  /**
   * {@link #score(List)}, for whoever shows how far it is.
   *
   * @param answered is told after each pass how many questions it answered
   */
  public List<ScoredQuestion> score(List<Question> questions, IntConsumer answered) {
    return scored(questions, asked(questions), sizing.limits(), answered);
  }

  /**
   * Scores each question in a pass of its own and computes every token of it.
   *
   * @param answered is told after each pass how many questions it answered
   */
  public List<ScoredQuestion> scoreAlone(List<Question> questions, IntConsumer answered) {
    List<ScoreRequest> unshared =
        asked(questions).stream().map(ScoreRequest::withoutSharing).toList();
    return scored(questions, unshared, new PackLimits(1, 1, 1), answered);
  }

  private List<ScoreRequest> asked(List<Question> questions) {
    return questions.stream().map(requests::request).toList();
  }

  private List<ScoredQuestion> scored(
      List<Question> questions, List<ScoreRequest> asked, PackLimits limits, IntConsumer answered) {
    try (PassRunner runner = new PassRunner(session, limits, new EngineMetrics())) {
      List<CompletableFuture<ChoiceScores>> scores =
          new DirectScorer(
                  pack -> {
                    List<ChoiceScores> answers = runner.run(pack);
                    answered.accept(pack.size());
                    return answers;
                  },
                  limits)
              .submit(asked);
      List<ScoredQuestion> scored = new ArrayList<>();
      for (int i = 0; i < asked.size(); i++) {
        scored.add(new ScoredQuestion(questions.get(i), asked.get(i), scores.get(i).join()));
      }
      return scored;
    } catch (CompletionException e) {
      throw PassFailure.known(e.getCause());
    }
  }

  /**
   * What the model answers when it writes token by token, as many tokens as a legal answer is told
   * by; absent where that is no legal answer.
   *
   * @param answered is told after each question that it is answered
   */
  public List<Optional<AnswerMeaning>> decode(List<Question> questions, IntConsumer answered) {
    List<Optional<AnswerMeaning>> answers = new ArrayList<>();
    for (ScoreRequest request : asked(questions)) {
      try {
        AnswerChoices choices = request.choices();
        int[] written = session.decode(request.tokens(), requests.endToken(), choices.steps());
        answers.add(choices.meaning(written));
        answered.accept(1);
      } catch (OrtException e) {
        throw PassFailure.known(e);
      }
    }
    return answers;
  }

  EngineSettings settings() {
    return settings;
  }

  RequestFactory requests() {
    return requests;
  }

  PackLimits limits() {
    return sizing.limits();
  }

  LlamaSession session() {
    return session;
  }

  LocalModel files() {
    return files;
  }

  @Override
  public void close() {
    while (!open.isEmpty()) {
      open.pop().run();
    }
  }

  /**
   * What a model's prompt pack says of a category.
   *
   * @param order place in the pack, from 1
   * @param code short code, as in the labels
   * @param name readable name
   * @param description what each severity level means in it; absent where the pack has no such text
   * @param ofPrompts whether a user's message can be given it
   * @param ofResponses whether a reply can be given it
   */
  public record Category(
      int order,
      String code,
      String name,
      Optional<String> description,
      boolean ofPrompts,
      boolean ofResponses) {
    public Category {
      Objects.requireNonNull(code, "code");
      Objects.requireNonNull(name, "name");
      Objects.requireNonNull(description, "description");
      if (order < 1) {
        throw new IllegalArgumentException("places are counted from 1, not " + order);
      }
    }
  }
}
