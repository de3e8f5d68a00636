package io.bingoguard.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.Cascade;
import io.bingoguard.score.DirectScorer;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PassRunner;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.session.GuardSession;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Judges real conversations from text, the way a partition does. */
public final class TextBenchmark {
  private TextBenchmark() {}

  /**
   * Judges the first exchanges of a file.
   *
   * @param modelDirectory holds tokenizer and prompt pack
   * @return where the time went
   */
  static EngineMetrics.Snapshot run(
      GuardSession session, PackLimits limits, Path modelDirectory, Path conversations, int most)
      throws IOException, InterruptedException {
    List<Exchange> exchanges = read(conversations, most);
    EngineMetrics metrics = new EngineMetrics();
    PromptPack pack = PromptPack.read(modelDirectory.resolve(PromptPack.FILE_NAME));
    try (GuardTokenizer tokenizer =
            GuardTokenizer.open(modelDirectory.resolve(GuardTokenizer.FILE_NAME));
        PassRunner runner = new PassRunner(session, limits, metrics)) {
      Cascade judge =
          new Cascade(
              new RequestFactory(pack, tokenizer, EngineDefaults.MAX_TOKENS),
              new DirectScorer(runner::run, limits),
              Cascade.Options.of(SeverityMode.FLAGGED),
              metrics);
      int batch = EngineDefaults.BATCH_EXCHANGES;
      for (int from = 0; from < exchanges.size(); from += batch) {
        judge.judge(exchanges.subList(from, Math.min(exchanges.size(), from + batch)));
      }
    }
    return metrics.snapshot();
  }

  /** The first exchanges of a JSON Lines file with {@code messages}. */
  public static List<Exchange> read(Path conversations, int most) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    List<Exchange> exchanges = new ArrayList<>();
    for (String line : Files.readAllLines(conversations)) {
      JsonNode messages = mapper.readTree(line).path("messages");
      for (int i = 0; i + 1 < messages.size() && exchanges.size() < most; i++) {
        if (messages.get(i).path("role").asText().equals("user")) {
          exchanges.add(
              Exchange.of(
                  messages.get(i).path("content").asText(),
                  messages.get(i + 1).path("content").asText()));
        }
      }
    }
    return exchanges;
  }
}
