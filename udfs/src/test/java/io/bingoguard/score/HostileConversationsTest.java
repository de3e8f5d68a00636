package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No text changes a prompt outside its slot, gets lost, or escapes the flag it is due. */
class HostileConversationsTest {
  private static final int MAX_TOKENS = 1024;
  private static final Path IMPORTED = Path.of("src/test/resources/import", PromptPack.FILE_NAME);

  @TempDir static Path directory;
  private static ModelBundle bundle;
  private static GuardTokenizer tokenizer;
  private static List<HostileTexts.Hostile> hostile;

  @BeforeAll
  static void open() throws IOException {
    PlantedModel.write(directory);
    bundle = ModelBundle.open(directory);
    tokenizer = GuardTokenizer.open(bundle.tokenizerFile());
    List<String> spellings = new ArrayList<>();
    for (JsonNode added :
        new ObjectMapper().readTree(bundle.tokenizerFile().toFile()).get("added_tokens")) {
      spellings.add(added.get("content").textValue());
    }
    assertThat(spellings).hasSize(256);
    hostile = HostileTexts.all(spellings);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  @Test
  void keepTheStructureOfTheDemoPrompt() {
    new PromptStructure(bundle.pack(), tokenizer, MAX_TOKENS).survives(hostile);
  }

  @Test
  void keepTheStructureOfAPromptInTheAuthorsShape() {
    new PromptStructure(PromptPack.read(IMPORTED), tokenizer, MAX_TOKENS).survives(hostile);
  }

  @Test
  void areAllLabelledAndFlaggedWhereTextWasCut() throws Exception {
    List<Exchange> exchanges = new ArrayList<>();
    List<LabelStatus> wanted = new ArrayList<>();
    for (HostileTexts.Hostile attack : hostile) {
      exchanges.add(Exchange.ofPrompt(attack.text()));
      exchanges.add(Exchange.of("How are you?", attack.text()));
      wanted.add(attack.status());
      wanted.add(attack.status());
    }

    List<SafetyLabel> labels = judge(exchanges);

    assertThat(labels).hasSameSizeAs(exchanges);
    for (int i = 0; i < labels.size(); i++) {
      String name = hostile.get(i / 2).name();
      assertThat(labels.get(i).status()).as(name).isEqualTo(wanted.get(i));
      assertThat(labels.get(i).prompt()).as(name).isPresent();
    }
  }

  private static List<SafetyLabel> judge(List<Exchange> exchanges) throws Exception {
    PackLimits limits = new PackLimits(2048, 64, 1L << 24);
    SessionSettings settings = new SessionSettings(Device.CPU, Precision.FP32, 2, 4096);
    EngineMetrics metrics = new EngineMetrics();
    try (GuardSession session = GuardSession.open(bundle.checkpoint(), settings);
        PassRunner runner = new PassRunner(session, limits, metrics)) {
      return new Cascade(
              new RequestFactory(bundle.pack(), tokenizer, MAX_TOKENS),
              new DirectScorer(runner::run, limits),
              Cascade.Options.of(SeverityMode.ALL),
              metrics)
          .judge(exchanges);
    }
  }
}
