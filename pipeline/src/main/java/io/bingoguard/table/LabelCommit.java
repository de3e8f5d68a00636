package io.bingoguard.table;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.spark.rows.RunStamp;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What a commit to the labels table says of itself, in its user metadata: who made it, and of which
 * files its rows are. So {@code DESCRIBE HISTORY} tells it, and what the table of files lacks can
 * be added to it.
 *
 * @param stamp the run, its model and its prompt pack
 * @param batch number of the commit within its run, from 0
 * @param read the files
 */
public record LabelCommit(RunStamp stamp, long batch, InputFiles read) {
  private static final JsonMapper JSON = new JsonMapper();
  private static final String RUN = "run_id";
  private static final String BATCH = "batch";
  private static final String MODEL = "model_id";
  private static final String REVISION = "model_revision";
  private static final String PACK = "prompt_pack";
  private static final String INPUT = "input";
  private static final String LAYOUT = "layout";
  private static final String VERSION = "input_version";
  private static final String FILES = "files";

  public LabelCommit {
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(read, "read");
  }

  /** JSON; each file is an array of path, bytes and milliseconds since 1970. */
  String userMetadata() {
    ObjectNode json = JSON.createObjectNode();
    json.put(RUN, stamp.runId()).put(BATCH, batch);
    json.put(MODEL, stamp.model().id());
    json.put(REVISION, stamp.model().revision());
    json.put(PACK, stamp.model().promptPack());
    json.put("engine_version", stamp.engineVersion());
    json.put(INPUT, read.input()).put(LAYOUT, read.layout());
    read.version().ifPresent(version -> json.put(VERSION, version));
    ArrayNode files = json.putArray(FILES);
    for (FileState file : read.files()) {
      ArrayNode state = files.addArray().add(file.path());
      file.bytes().ifPresent(state::add);
      file.modified().ifPresent(state::add);
    }
    return json.toString();
  }

  /** Whether a commit's user metadata are those of this one. */
  boolean wrote(JsonNode userMetadata) {
    return userMetadata.path(RUN).asText().equals(stamp.runId())
        && userMetadata.path(BATCH).asLong(-1) == batch;
  }

  /** What a commit says that reads no file. */
  static String ofRun(String runId) {
    return JSON.createObjectNode().put(RUN, runId).toString();
  }

  static String runId(JsonNode userMetadata) {
    return userMetadata.path(RUN).asText();
  }

  static ModelIdentity model(JsonNode userMetadata) {
    return new ModelIdentity(
        userMetadata.path(MODEL).asText(),
        userMetadata.path(REVISION).asText(),
        userMetadata.path(PACK).asText());
  }

  /** The files that a commit's user metadata name; empty where they are of another kind. */
  static Optional<InputFiles> read(JsonNode userMetadata) {
    if (!userMetadata.hasNonNull(INPUT) || !userMetadata.path(FILES).isArray()) {
      return Optional.empty();
    }
    List<FileState> files = new ArrayList<>();
    for (JsonNode file : userMetadata.path(FILES)) {
      files.add(new FileState(file.path(0).asText(), number(file.path(1)), number(file.path(2))));
    }
    return Optional.of(
        new InputFiles(
            userMetadata.path(INPUT).asText(),
            userMetadata.path(LAYOUT).asText(),
            number(userMetadata.path(VERSION)),
            files));
  }

  private static OptionalLong number(JsonNode node) {
    return node.isNumber() ? OptionalLong.of(node.asLong()) : OptionalLong.empty();
  }
}
