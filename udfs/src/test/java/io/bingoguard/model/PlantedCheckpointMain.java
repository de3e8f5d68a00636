package io.bingoguard.model;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes a planted checkpoint for the tokenizer and prompt pack of a model directory.
 *
 * <p>Arguments: the directory with {@code tokenizer.json} and {@code prompt-pack.json}; the
 * directory to write {@code config.json} and {@code model.safetensors} to; {@code demo} or {@code
 * base} for the sizes; optionally a seed.
 */
public final class PlantedCheckpointMain {
  /** A seed whose demo model uses every answer often enough to be a demonstration. */
  private static final long DEFAULT_SEED = 1;

  private PlantedCheckpointMain() {}

  public static void main(String[] args) throws IOException {
    if (args.length < 3) {
      throw new IllegalArgumentException("Expected: MODEL_DIR OUTPUT_DIR demo|base [SEED]");
    }
    long seed = args.length > 3 ? Long.parseLong(args[3]) : DEFAULT_SEED;
    Path model = Path.of(args[0]);
    int vocabulary = vocabulary(model.resolve("tokenizer.json"));
    PlantedCheckpoint.Sizes sizes =
        switch (args[2]) {
          case "demo" -> PlantedCheckpoint.Sizes.demo(vocabulary);
          case "base" -> PlantedCheckpoint.Sizes.base(vocabulary);
          default -> throw new IllegalArgumentException("Unknown sizes: " + args[2]);
        };
    new PlantedCheckpoint(sizes, grammar(model), seed).write(Path.of(args[1]));
  }

  /** The grammar of the answers in a model directory's prompt pack, in its tokenizer's ids. */
  public static AnswerGrammar grammar(Path modelDirectory) throws IOException {
    JsonNode pack =
        new ObjectMapper().readTree(modelDirectory.resolve("prompt-pack.json").toFile());
    List<List<Integer>> sequences = new ArrayList<>();
    try (HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(modelDirectory.resolve("tokenizer.json"))
            .optAddSpecialTokens(false)
            .build()) {
      for (JsonNode task : pack.path("tasks")) {
        JsonNode template = task.path("template");
        List<Integer> ending = ids(tokenizer, template.get(template.size() - 1).asText());
        for (JsonNode answer : task.path("answers")) {
          List<Integer> sequence = new ArrayList<>();
          sequence.add(ending.get(ending.size() - 1));
          sequence.addAll(ids(tokenizer, answer.path("text").asText()));
          sequence.addAll(ids(tokenizer, pack.path("end_token").asText()));
          sequences.add(sequence);
        }
      }
    }
    return AnswerGrammar.ofSequences(sequences);
  }

  private static List<Integer> ids(HuggingFaceTokenizer tokenizer, String text) {
    List<Integer> ids = new ArrayList<>();
    for (long id : tokenizer.encode(text).getIds()) {
      ids.add(Math.toIntExact(id));
    }
    return ids;
  }

  /** The vocabulary of a {@code tokenizer.json}: one above the highest id. */
  public static int vocabulary(Path tokenizerJson) throws IOException {
    JsonNode tokenizer = new ObjectMapper().readTree(tokenizerJson.toFile());
    int highest = 0;
    for (JsonNode id : tokenizer.path("model").path("vocab")) {
      highest = Math.max(highest, id.asInt());
    }
    for (JsonNode added : tokenizer.path("added_tokens")) {
      highest = Math.max(highest, added.path("id").asInt());
    }
    return highest + 1;
  }
}
