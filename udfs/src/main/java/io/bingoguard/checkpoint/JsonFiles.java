package io.bingoguard.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GitLfs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The small JSON files of a model directory, read with limits that a hostile file cannot pass. */
public final class JsonFiles {
  private static final int MAX_NESTING = 64;

  private static final ObjectReader READER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_NESTING).build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build()
          .reader();

  private JsonFiles() {}

  /**
   * The JSON object in a file.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_FILE_MISSING}, {@code
   *     MODEL_FILE_UNREADABLE}, or {@code MODEL_JSON_INVALID} if it is too large or no object
   */
  static JsonNode readObject(Path file, long maxBytes) {
    if (!Files.isRegularFile(file)) {
      throw CheckpointErrors.modelFileMissing(
          file.toAbsolutePath().getParent(), file.getFileName().toString());
    }
    try {
      if (GitLfs.isPointer(file)) {
        throw CheckpointErrors.lfsPointer(file, ErrorCode.MODEL_JSON_INVALID);
      }
      long size = Files.size(file);
      if (size > maxBytes) {
        throw CheckpointErrors.modelJsonInvalid(
            file, "it has " + size + " bytes", "at most " + maxBytes + " bytes");
      }
      JsonNode root = parse(Files.readAllBytes(file));
      if (!root.isObject()) {
        throw CheckpointErrors.modelJsonInvalid(file, "it holds no JSON object", "one JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw CheckpointErrors.modelJsonInvalid(
          file, "it is not valid JSON (" + e.getOriginalMessage() + ")", "one JSON object");
    } catch (IOException e) {
      throw CheckpointErrors.modelFileUnreadable(file, e);
    }
  }

  /**
   * Any JSON value, within the same limits; the caller bounds its length.
   *
   * @throws JsonProcessingException if it is none, names a field twice or is nested too deep
   */
  public static JsonNode parse(byte[] json) throws IOException {
    return READER.readTree(json);
  }
}
