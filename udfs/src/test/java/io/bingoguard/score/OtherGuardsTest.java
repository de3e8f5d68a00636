package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.ModelBundle;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.device.Device;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.session.GuardSession;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionSettings;
import io.bingoguard.token.GuardTokenizer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Guards that answer in the language of Llama Guard 3 and of Qwen3Guard go through the engine as
 * they are: their packs (in this project's words) say all that is different about them. The second
 * line has another mark than Qwen3Guard's, because a planted model remembers one token only.
 */
class OtherGuardsTest {
  private static final int MAX_TOKENS = 1024;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource({"llama-guard-language, 14, 3", "qwen3-guard-language, 6, 1"})
  void judgeInTheirOwnAnswerLanguageWithoutSeverities(String pack, int categories, long seed)
      throws Exception {
    writeModel(pack, seed);
    ModelBundle bundle = ModelBundle.open(directory);
    List<Exchange> exchanges = new ArrayList<>();
    for (int i = 0; i < 120; i++) {
      exchanges.add(Exchange.of("Question " + i + " on tea", "Answer " + i * i + " on cups"));
    }

    List<SafetyLabel> labels = judge(bundle, exchanges);

    Set<String> named = new HashSet<>();
    Set<Boolean> verdicts = new HashSet<>();
    for (SafetyLabel label : labels) {
      assertThat(label.status()).isEqualTo(LabelStatus.OK);
      assertThat(label.severity()).isEmpty();
      verdicts.add(label.prompt().orElseThrow().harmful());
      label.response().orElseThrow().category().ifPresent(category -> named.add(category.code()));
    }
    assertThat(bundle.pack().categories()).hasSize(categories);
    assertThat(verdicts).containsExactlyInAnyOrder(true, false);
    assertThat(named).hasSizeGreaterThan(1);
  }

  private void writeModel(String pack, long seed) throws Exception {
    PlantedModel.writeTexts(directory);
    // The demo model's tokenizer: the tests' own one has no single tokens for 12 to 14.
    try (InputStream tokenizer =
        getClass().getResourceAsStream("/io/bingoguard/bundle/demo/" + GuardTokenizer.FILE_NAME)) {
      Files.copy(
          tokenizer,
          directory.resolve(GuardTokenizer.FILE_NAME),
          StandardCopyOption.REPLACE_EXISTING);
    }
    Files.copy(
        Path.of("src/test/resources/guards", pack + ".json"),
        directory.resolve(PromptPack.FILE_NAME),
        StandardCopyOption.REPLACE_EXISTING);
    PlantedModel.writeCheckpoint(directory, PlantedModel.grammar(directory), seed);
  }

  private static List<SafetyLabel> judge(ModelBundle bundle, List<Exchange> exchanges)
      throws Exception {
    PackLimits limits = new PackLimits(2048, 64, 1L << 24);
    SessionSettings settings = new SessionSettings(Device.CPU, Precision.FP32, 2, 4096);
    EngineMetrics metrics = new EngineMetrics();
    try (GuardTokenizer tokenizer = GuardTokenizer.open(bundle.tokenizerFile());
        GuardSession session = GuardSession.open(bundle.checkpoint(), settings);
        PassRunner runner = new PassRunner(session, limits, metrics)) {
      return new Cascade(
              new RequestFactory(bundle.pack(), tokenizer, MAX_TOKENS),
              new DirectScorer(runner::run, limits),
              Cascade.Options.of(SeverityMode.FLAGGED),
              metrics)
          .judge(exchanges);
    }
  }
}
