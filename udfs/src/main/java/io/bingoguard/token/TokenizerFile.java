package io.bingoguard.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.guard.GitLfs;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/** A Hugging Face {@code tokenizer.json}, taken apart into its plain and its special vocabulary. */
final class TokenizerFile {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  /** Without these, the library cuts at 512 tokens and adds what the file's template says. */
  private static final Map<String, String> OPTIONS =
      Map.of("truncation", "false", "padding", "false", "addSpecialTokens", "false");

  private final ObjectNode root;
  private final JsonNode vocabulary;
  private final List<AddedToken> added;

  private TokenizerFile(ObjectNode root) throws IOException {
    TokenizerLimits.refuse(root);
    this.root = root;
    this.vocabulary = root.path("model").path("vocab");
    this.added = added(root);
    Numbering.refuseOther(vocabulary, added);
  }

  /**
   * Reads a file.
   *
   * @throws IOException if it is none, or one whose ids would not be those of the library
   */
  static TokenizerFile read(Path file) throws IOException {
    if (GitLfs.isPointer(file)) {
      throw new IOException("it is a Git LFS pointer; fetch the file with git lfs pull");
    }
    JsonNode root = MAPPER.readTree(Files.readAllBytes(file));
    if (!root.isObject() || !root.path("model").isObject()) {
      throw new IOException("no object 'model' at the top of the file");
    }
    return new TokenizerFile((ObjectNode) root);
  }

  private static List<AddedToken> added(JsonNode root) throws IOException {
    List<AddedToken> added = new ArrayList<>();
    for (JsonNode token : root.path("added_tokens")) {
      String spelling = token.path("content").asText();
      if (spelling.isEmpty() || !token.path("id").canConvertToInt()) {
        throw new IOException("an added token has no content or no id");
      }
      added.add(
          new AddedToken(
              spelling,
              token.path("id").intValue(),
              token.path("special").asBoolean(),
              token.path("normalized").asBoolean()));
    }
    return List.copyOf(added);
  }

  List<AddedToken> added() {
    return added;
  }

  /** The id of what stands for a character that the vocabulary does not have, if there is one. */
  OptionalInt unknownId() {
    JsonNode id = vocabulary.path(root.path("model").path("unk_token").asText());
    return id.isInt() ? OptionalInt.of(id.intValue()) : OptionalInt.empty();
  }

  /** The highest id of any token. */
  int highestId() {
    int highest = added.stream().mapToInt(AddedToken::id).max().orElse(0);
    for (JsonNode id : vocabulary) {
      highest = Math.max(highest, id.intValue());
    }
    return highest;
  }

  /**
   * Length of the longest spelling of a token. Byte-level vocabularies spell each byte with one
   * character, and no character has more UTF-16 units than UTF-8 bytes.
   */
  int longestToken() {
    int longest = 1;
    for (Iterator<String> names = vocabulary.fieldNames(); names.hasNext(); ) {
      longest = Math.max(longest, names.next().length());
    }
    for (AddedToken token : added) {
      longest = Math.max(longest, token.spelling().length());
    }
    return longest;
  }

  /** How the library numbers the tokens when the special ones are taken out. */
  Numbering numberingWithoutSpecial() throws IOException {
    return Numbering.of(vocabulary, added.stream().filter(token -> !token.special()).toList());
  }

  /** Whether text after a special token is tokenized otherwise than at the beginning. */
  boolean tellsTheBeginning() {
    return !metaspacesAtTheBeginning(root.path("pre_tokenizer")).isEmpty();
  }

  /**
   * The library's tokenizer for text without special tokens.
   *
   * @param beginning whether the text is the beginning of what the model sees
   */
  HuggingFaceTokenizer withoutSpecial(boolean beginning) throws IOException {
    keepLibraryOffline();
    ObjectNode plain = root.deepCopy();
    ArrayNode kept = plain.putArray("added_tokens");
    for (JsonNode token : root.path("added_tokens")) {
      if (!token.path("special").asBoolean()) {
        kept.add(token);
      }
    }
    if (!beginning) {
      for (ObjectNode metaspace : metaspacesAtTheBeginning(plain.path("pre_tokenizer"))) {
        metaspace.put("prepend_scheme", "never").remove("add_prefix_space");
      }
    }
    plain.putNull("post_processor");
    plain.putNull("truncation");
    plain.putNull("padding");
    return HuggingFaceTokenizer.newInstance(
        new ByteArrayInputStream(MAPPER.writeValueAsBytes(plain)), OPTIONS);
  }

  private static List<ObjectNode> metaspacesAtTheBeginning(JsonNode preTokenizer) {
    List<ObjectNode> found = new ArrayList<>();
    if (preTokenizer.path("type").asText().equals("Metaspace")
        && preTokenizer.path("prepend_scheme").asText().equals("first")) {
      found.add((ObjectNode) preTokenizer);
    }
    for (JsonNode inner : preTokenizer.path("pretokenizers")) {
      found.addAll(metaspacesAtTheBeginning(inner));
    }
    return found;
  }

  /**
   * Unless told otherwise, the library reports its use, and on a machine with CUDA it downloads
   * another native build of itself. A choice that was made for the whole process is respected.
   */
  private static void keepLibraryOffline() {
    System.getProperties().putIfAbsent("ai.djl.offline", "true");
  }
}
