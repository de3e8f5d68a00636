package io.bingoguard.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/** A Hugging Face {@code tokenizer.json}, taken apart into its plain and its added vocabulary. */
final class TokenizerFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Without these, the library cuts at 512 tokens and adds what the file's template says. */
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

  private final ObjectNode root;

  private TokenizerFile(ObjectNode root) {
    this.root = root;
  }

  static TokenizerFile read(Path file) throws IOException {
    JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
    if (!root.isObject() || !root.path("model").isObject()) {
      throw new IOException("no object 'model' at the top of the file");
    }
    return new TokenizerFile((ObjectNode) root);
  }

  AddedTokens addedTokens() throws IOException {
    Map<String, Integer> ids = new HashMap<>();
    for (JsonNode token : root.path("added_tokens")) {
      String spelling = token.path("content").asText();
      if (spelling.isEmpty() || !token.path("id").canConvertToInt()) {
        throw new IOException("an added token has no content or no id");
      }
      // Such a token would swallow white space or letters of the text beside it.
      for (String flag : new String[] {"lstrip", "rstrip", "single_word"}) {
        if (token.path(flag).asBoolean()) {
          throw new IOException("added token " + spelling + " has " + flag + ", not supported");
        }
      }
      ids.put(spelling, token.path("id").intValue());
    }
    return new AddedTokens(ids);
  }

  /**
   * Length of the longest entry of the vocabulary. Byte-level vocabularies spell each byte with one
   * character, and no character has more UTF-16 units than UTF-8 bytes.
   */
  int longestToken() throws IOException {
    JsonNode vocabulary = root.path("model").path("vocab");
    if (!vocabulary.isObject() || vocabulary.isEmpty()) {
      throw new IOException("model.vocab is not an object; only BPE tokenizers are supported");
    }
    int longest = 1;
    for (Iterator<String> names = vocabulary.fieldNames(); names.hasNext(); ) {
      longest = Math.max(longest, names.next().length());
    }
    return longest;
  }

  HuggingFaceTokenizer withoutAddedTokens() throws IOException {
    keepLibraryOffline();
    ObjectNode plain = root.deepCopy();
    plain.putArray("added_tokens");
    plain.putNull("post_processor");
    plain.putNull("truncation");
    plain.putNull("padding");
    return HuggingFaceTokenizer.newInstance(
        new ByteArrayInputStream(MAPPER.writeValueAsBytes(plain)), OPTIONS);
  }

  /**
   * Unless told otherwise, the library reports its use, and on a machine with CUDA it downloads
   * another native build of itself. A choice that was made for the whole process is respected.
   */
  private static void keepLibraryOffline() {
    System.getProperties().putIfAbsent("ai.djl.offline", "true");
  }
}
