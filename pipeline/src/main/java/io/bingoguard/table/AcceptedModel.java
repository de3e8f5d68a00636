package io.bingoguard.table;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Which model's labels an output takes, read without Spark from the version checksum file that
 * Delta's protocol puts beside a commit. Where it is not certain that the table takes no other
 * model nothing is known, and {@link LabelsTable#refuseUnfit} decides.
 */
public final class AcceptedModel {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Pattern COMMIT = Pattern.compile("\\d{20}\\.json");
  private static final String CONSTRAINT = "delta.constraints." + LabelConstraints.ONE_MODEL;
  private static final String DELETION_VECTORS = "delta.enableDeletionVectors";

  private final String table;
  private final String condition;
  private final String limit;

  private AcceptedModel(String table, String condition, String limit) {
    this.table = table;
    this.condition = LabelConstraints.labellingNow(condition);
    this.limit = limit;
  }

  /**
   * Looks at the latest commit of the labels table.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNREADABLE
   */
  public static Optional<AcceptedModel> of(OutputDirectory output, Configuration hadoop) {
    Path log = new Path(output.labels(), "_delta_log");
    try {
      FileSystem files = log.getFileSystem(hadoop);
      Optional<String> latest =
          Arrays.stream(files.listStatus(log))
              .map(FileStatus::getPath)
              .map(Path::getName)
              .filter(name -> COMMIT.matcher(name).matches())
              .max(Comparator.naturalOrder());
      if (latest.isEmpty()) {
        return Optional.empty();
      }
      Path checksum = new Path(log, latest.get().replace(".json", ".crc"));
      try (InputStream in = files.open(checksum)) {
        JsonNode version = JSON.readTree(in);
        return condition(version)
            .map(condition -> new AcceptedModel(output.labels(), condition, limit(version)));
      }
    } catch (FileNotFoundException | JsonProcessingException unknown) {
      // Writers may leave the file out, and one that is being written is not whole.
      return Optional.empty();
    } catch (IOException e) {
      throw TableErrors.outputUnreadable(output.root(), e);
    }
  }

  private static Optional<String> condition(JsonNode version) {
    JsonNode properties = version.path("metadata").path("configuration");
    // A table of which all rows were deleted takes another model.
    boolean rowsMayBeDeleted = properties.path(DELETION_VECTORS).asBoolean(false);
    return version.path("numFiles").asLong() > 0 && !rowsMayBeDeleted && !emptyFile(version)
        ? Optional.ofNullable(properties.path(CONSTRAINT).asText(null))
        : Optional.empty();
  }

  private static String limit(JsonNode version) {
    return version.path("metadata").path("configuration").path(LabelsTable.LIMIT).asText();
  }

  /** Whether a file is listed that may have no rows; only small tables have such lists. */
  private static boolean emptyFile(JsonNode version) {
    for (JsonNode file : version.path("allFiles")) {
      if (!file.path("stats").asText().matches("(?s).*\"numRecords\":[1-9].*")) {
        return true;
      }
    }
    return false;
  }

  /**
   * Refuses a run that would put all of an input beside the first exchanges of one, or the other
   * way round.
   *
   * @param limited whether the run labels no more than first exchanges
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE
   */
  public void refuseOtherLimit(boolean limited) {
    if (limited) {
      throw TableErrors.limitNeedsNewOutput(table);
    }
    if (!limit.isEmpty()) {
      throw TableErrors.outputLimited(table, limit);
    }
  }

  /**
   * Refuses a prompt pack, whatever the model.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_OTHER_MODEL
   */
  public void refuseOtherPack(String promptPack) {
    String expected = LabelConstraints.onePack(promptPack);
    if (!condition.endsWith(expected)) {
      throw TableErrors.otherModel(table, condition, expected);
    }
  }

  /**
   * Refuses another model.
   *
   * @param revision digest of its files
   * @param promptPack name, version and digest of its prompt pack
   * @throws io.bingoguard.guard.GuardException OUTPUT_OTHER_MODEL
   */
  public void refuseOther(String revision, String promptPack) {
    String expected = LabelConstraints.oneModel(revision, promptPack);
    if (!condition.equals(expected)) {
      throw TableErrors.otherModel(table, condition, expected);
    }
  }
}
