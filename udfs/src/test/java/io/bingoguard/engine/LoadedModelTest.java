package io.bingoguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.bundle.Bundler;
import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.cache.CacheSettings;
import io.bingoguard.cache.CountedFileSystem;
import io.bingoguard.cache.ModelCache;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.device.Device;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.session.ChoiceLogits;
import io.bingoguard.session.KeyValues;
import io.bingoguard.session.LlamaSession;
import io.bingoguard.session.Pass;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionFactory;
import io.bingoguard.session.SessionSettings;
import io.bingoguard.spark.settings.GuardSettings;
import io.bingoguard.spark.settings.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On models of another file system, of which the cache has room for one. */
class LoadedModelTest {
  private static final String WEIGHTS = "model.safetensors";

  @TempDir private static Path made;

  private static BundleManifest manifest;

  @TempDir private Path folder;

  private final AtomicInteger sessionsClosed = new AtomicInteger();
  private Path log;
  private ModelCache cache;
  private Path bundle;

  @BeforeAll
  static void makeBundle() throws IOException {
    Path model = Files.createDirectory(made.resolve("model"));
    PlantedModel.write(model);
    manifest =
        new Bundler(model, model.resolve(PromptPack.FILE_NAME), made.resolve("bundle"))
            .bundle(settings(Map.of()).maxTokens());
  }

  @BeforeEach
  void copyBundle() throws IOException {
    bundle = copy(folder.resolve("guard"));
    log = folder.resolve("reads.log");
    Configuration hadoop = CountedFileSystem.configuration(log);
    long room = manifest.totalBytes() * 3 / 2;
    cache = new ModelCache(new CacheSettings(folder.resolve("cache"), room, 2), hadoop);
  }

  private static Path copy(Path directory) throws IOException {
    Files.createDirectory(directory);
    for (BundleFile file : manifest.files()) {
      Files.copy(made.resolve("bundle").resolve(file.name()), directory.resolve(file.name()));
    }
    Files.writeString(directory.resolve(BundleManifest.FILE_NAME), manifest.toJson());
    return directory;
  }

  @Test
  void everythingIsClosedAgainWhenTheSessionDoesNotOpen() throws IOException {
    assertThatThrownBy(
            () ->
                open(
                    remote(),
                    (checkpoint, settings) -> {
                      assertThat(cacheHasRoom()).isFalse();
                      throw new IllegalStateException("injected");
                    }))
        .hasMessage("injected");

    assertThat(cacheHasRoom()).isTrue();
  }

  @Test
  void closingClosesTheSessionOnceAndGivesUpTheFiles() throws IOException {
    LoadedModel model = open(remote(), (checkpoint, settings) -> new Unused(settings));
    assertThat(model.precision()).isEqualTo(Precision.FP32);
    assertThat(cacheHasRoom()).isFalse();

    model.close();
    model.close();

    assertThat(sessionsClosed).hasValue(1);
    assertThat(cacheHasRoom()).isTrue();
  }

  @Test
  void promptsThatDoNotFitAreFoundWithoutASessionAndWithoutTheWeights() throws IOException {
    EngineSettings tight =
        settings(
            Map.of(
                Setting.MAX_TOKENS.key(), "200", Setting.SESSION_FACTORY.key(), "no.such.Factory"));
    for (ModelRef model : List.of(local(), remote())) {
      assertRefused(
          ErrorCode.PROMPT_EXCEEDS_LIMIT,
          "spark.bingoguard.maxTokens",
          () -> LoadedModel.check(model, tight, cache));
      assertThat(LoadedModel.check(model, settings(Map.of()), cache).id().toString())
          .isEqualTo(manifest.promptPack());
    }
    assertThat(CountedFileSystem.bytesRead(log, WEIGHTS)).isZero();
  }

  @Test
  void aModelHasOneIdentityWhereverItLies() throws IOException {
    ModelIdentity identity =
        new ModelIdentity("guard", manifest.modelRevision(), manifest.promptPack());

    assertThat(LoadedModel.identify(local(), settings(Map.of()), cache)).isEqualTo(identity);
    assertThat(LoadedModel.identify(remote(), settings(Map.of()), cache)).isEqualTo(identity);
    assertThat(CountedFileSystem.bytesRead(log, WEIGHTS)).isZero();
  }

  @Test
  void aTamperedFileIsNamed() throws IOException {
    Path weights = bundle.resolve(WEIGHTS);
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);

    assertRefused(
        ErrorCode.MODEL_FILE_TAMPERED,
        WEIGHTS,
        () -> LoadedModel.identify(local(), settings(Map.of()), cache));
  }

  @Test
  void aManifestWhoseRevisionDoesNotFitIsRefused() throws IOException {
    BundleManifest other =
        new BundleManifest("sha256:" + "0".repeat(64), manifest.promptPack(), manifest.files());
    Files.writeString(bundle.resolve(BundleManifest.FILE_NAME), other.toJson());

    for (ModelRef model : List.of(local(), remote())) {
      assertRefused(
          ErrorCode.MODEL_MANIFEST_INVALID,
          "model_revision",
          () -> LoadedModel.identify(model, settings(Map.of()), cache));
    }
  }

  @Test
  void aModelOfFewerPositionsThanTheLimitLowersIt() throws IOException {
    Files.delete(bundle.resolve(BundleManifest.FILE_NAME));
    Path config = bundle.resolve("config.json");
    Files.writeString(config, Files.readString(config).replace("16384", "1500"));
    Question question =
        Question.binary(GuardTask.PROMPT, Exchange.ofPrompt("many words ".repeat(4000)));

    try (LoadedModel model = open(local(), (checkpoint, settings) -> new Unused(settings))) {
      assertThat(model.settings().maxTokens()).isEqualTo(1500);
      assertThat(model.request(question).tokens().length).isBetween(1400, 1500);
    }
    assertThat(LoadedModel.warnings(local(), settings(Map.of()), cache)).hasSize(1);
  }

  private ModelRef local() {
    return new ModelRef.Local(bundle.toString());
  }

  private ModelRef remote() {
    return new ModelRef.Remote("counted://" + bundle);
  }

  private LoadedModel open(ModelRef model, SessionFactory sessions) {
    return new LoadedModel(model, settings(Map.of()), Device.CPU, cache, sessions);
  }

  private static EngineSettings settings(Map<String, String> given) {
    return GuardSettings.of(given).engine();
  }

  /** Whether another model can be copied here, for which the first has to be out of use. */
  private boolean cacheHasRoom() {
    try {
      Path other = folder.resolve("other");
      if (!Files.exists(other)) {
        copy(other);
      }
      cache.fetch(new ModelRef.Remote("counted://" + other)).close();
      return true;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GuardException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.MODEL_CACHE_FULL);
      return false;
    }
  }

  private static void assertRefused(ErrorCode code, String mention, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            GuardException.class, refused -> assertThat(refused.code()).isEqualTo(code))
        .hasMessageContaining(mention);
  }

  /** A session that nobody asks anything. */
  private final class Unused implements LlamaSession {
    private final SessionSettings settings;

    Unused(SessionSettings settings) {
      this.settings = settings;
    }

    @Override
    public SessionSettings settings() {
      return settings;
    }

    @Override
    public KeyValues noPrefix() {
      throw new UnsupportedOperationException();
    }

    @Override
    public KeyValues extend(KeyValues past, int[] tokenIds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public ChoiceLogits score(Pass pass, KeyValues prefix, int[] answerIds) {
      throw new UnsupportedOperationException();
    }

    @Override
    public int[] decode(int[] prompt, int endToken, int maxNewTokens) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      sessionsClosed.incrementAndGet();
    }
  }
}
