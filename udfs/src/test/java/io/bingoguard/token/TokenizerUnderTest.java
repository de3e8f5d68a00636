package io.bingoguard.token;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.prompt.Piece;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A tokenizer file opened as the engine opens it, beside two references that share no code with
 * that.
 */
final class TokenizerUnderTest implements AutoCloseable {
  private static final Map<String, String> OPTIONS =
      Map.of("addSpecialTokens", "false", "truncation", "false", "padding", "false");

  private final GuardTokenizer guard;

  /** The library's tokenizer for the file as it is. */
  private final HuggingFaceTokenizer unmodified;

  /** The same for the file with its list of added tokens emptied. */
  private final HuggingFaceTokenizer withoutAdded;

  private final Map<String, Integer> added = new LinkedHashMap<>();

  TokenizerUnderTest(Path file) throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode json = (ObjectNode) mapper.readTree(file.toFile());
    json.path("added_tokens")
        .forEach(token -> added.put(token.path("content").asText(), token.path("id").intValue()));
    json.putArray("added_tokens");
    json.putNull("post_processor");
    guard = GuardTokenizer.open(file);
    unmodified = HuggingFaceTokenizer.newInstance(file, OPTIONS);
    withoutAdded =
        HuggingFaceTokenizer.newInstance(
            new ByteArrayInputStream(mapper.writeValueAsBytes(json)), OPTIONS);
  }

  /** The tests' own tokenizer, with which the reference fixtures are made. */
  static Path referenceFile() {
    try {
      return Path.of(TokenizerUnderTest.class.getResource("/reference/tokenizer.json").toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  GuardTokenizer guard() {
    return guard;
  }

  /** Ids of the added tokens by spelling. */
  Map<String, Integer> added() {
    return added;
  }

  int[] encodeWhole(List<Piece> pieces) {
    return encodeWhole(pieces.stream().map(Piece::text).collect(Collectors.joining()));
  }

  int[] encodeWhole(String text) {
    return toInts(unmodified.encode(text, false, false).getIds());
  }

  int[] encodeWithoutAdded(String text) {
    return toInts(withoutAdded.encode(text, false, false).getIds());
  }

  String decode(int[] ids) {
    return unmodified.decode(Arrays.stream(ids).asLongStream().toArray(), false);
  }

  private static int[] toInts(long[] ids) {
    return Arrays.stream(ids).mapToInt(Math::toIntExact).toArray();
  }

  @Override
  public void close() {
    guard.close();
    unmodified.close();
    withoutAdded.close();
  }
}
