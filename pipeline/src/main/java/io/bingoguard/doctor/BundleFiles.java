package io.bingoguard.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.model.FileDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Compares the files of a model directory with its manifest, if it has one. */
final class BundleFiles {
  private static final String MANIFEST = "bundle.json";
  private static final String NAME = "model files";
  private static final String REMEDY = "copy the model again from where it came from";
  private static final JsonMapper JSON = new JsonMapper();

  private BundleFiles() {}

  /** Reads every file once; one check for each that is not as it was. */
  static List<Check> compare(Path directory) {
    Path manifest = directory.resolve(MANIFEST);
    if (!Files.exists(manifest)) {
      return List.of(
          Check.warning(
              NAME,
              "no " + MANIFEST + " to compare them with",
              "make the directory with the command bundle, which writes one"));
    }
    List<Check> wrong = new ArrayList<>();
    int files = 0;
    try {
      for (JsonNode entry : JSON.readTree(manifest.toFile()).path("files")) {
        files++;
        wrong.addAll(compare(directory, entry));
      }
    } catch (IOException e) {
      wrong.add(Check.failed(NAME, "cannot be compared: " + e, REMEDY));
    }
    if (wrong.isEmpty() && files == 0) {
      wrong.add(Check.failed(NAME, MANIFEST + " lists no file", REMEDY));
    }
    return wrong.isEmpty()
        ? List.of(Check.ok(NAME, files + " files as in " + MANIFEST + ", by size and SHA-256"))
        : wrong;
  }

  private static List<Check> compare(Path directory, JsonNode entry) throws IOException {
    String name = entry.path("name").asText();
    if (name.isEmpty() || name.contains("/")) {
      return List.of(Check.failed(NAME, MANIFEST + " names no file: '" + name + "'", REMEDY));
    }
    Path file = directory.resolve(name);
    if (!Files.isRegularFile(file)) {
      return List.of(Check.failed(NAME, name + " is missing", REMEDY));
    }
    long size = Files.size(file);
    if (size != entry.path("size").asLong(-1)) {
      return List.of(
          Check.failed(
              NAME,
              "%s has %d bytes, %s says %s"
                  .formatted(name, size, MANIFEST, entry.path("size").asText("nothing")),
              REMEDY));
    }
    String digest = FileDigests.sha256(file);
    return digest.equals(entry.path("sha256").asText())
        ? List.of()
        : List.of(
            Check.failed(
                NAME,
                "%s has SHA-256 %s, not that of %s".formatted(name, digest, MANIFEST),
                REMEDY));
  }
}
