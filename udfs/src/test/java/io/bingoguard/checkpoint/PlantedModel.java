package io.bingoguard.checkpoint;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A model directory around a {@link PlantedCheckpoint}: the tests' own tokenizer, the demo model's
 * prompt pack, and weights that answer as that pack wants. The engine's tests take it in place of
 * the demo model, so that they do not hang on what that one has learned.
 */
public final class PlantedModel {
  private static final String TOKENIZER = "tokenizer.json";
  private static final String PROMPT_PACK = "prompt-pack.json";

  /** A seed whose model gives every kind of answer often enough to tell engines apart. */
  private static final long SEED = 1;

  private PlantedModel() {}

  /** Writes a whole model into an existing directory. */
  public static void write(Path directory) throws IOException {
    writeTexts(directory);
    writeCheckpoint(directory, grammar(directory), SEED);
  }

  /** Writes the tokenizer and the prompt pack alone. */
  public static void writeTexts(Path directory) throws IOException {
    copy("/reference/" + TOKENIZER, directory.resolve(TOKENIZER));
    copy("/io/bingoguard/bundle/demo/" + PROMPT_PACK, directory.resolve(PROMPT_PACK));
  }

  /** Writes a small checkpoint for the tokenizer that a directory holds. */
  public static void writeCheckpoint(Path directory, AnswerGrammar grammar, long seed)
      throws IOException {
    int vocabulary = vocabulary(directory.resolve(TOKENIZER));
    new PlantedCheckpoint(PlantedCheckpoint.Sizes.small(vocabulary), grammar, seed)
        .write(directory);
  }

  /** The grammar of the answers in a directory's prompt pack, in its tokenizer's ids. */
  public static AnswerGrammar grammar(Path directory) throws IOException {
    JsonNode pack = new ObjectMapper().readTree(directory.resolve(PROMPT_PACK).toFile());
    List<List<Integer>> sequences = new ArrayList<>();
    try (HuggingFaceTokenizer tokenizer =
        HuggingFaceTokenizer.builder()
            .optTokenizerPath(directory.resolve(TOKENIZER))
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
  static int vocabulary(Path tokenizerJson) throws IOException {
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

  private static void copy(String resource, Path file) throws IOException {
    try (InputStream in = PlantedModel.class.getResourceAsStream(resource)) {
      Files.copy(Objects.requireNonNull(in, resource), file, StandardCopyOption.REPLACE_EXISTING);
    }
  }
}
