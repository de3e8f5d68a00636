package io.bingoguard.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The safetensors files of a model directory and which of them holds which tensor: one file, or
 * shards that {@code model.safetensors.index.json} lists under {@code weight_map}.
 */
final class WeightFiles {
  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final String SUFFIX = Checkpoint.WEIGHTS_SUFFIX;
  private static final long MAX_INDEX_BYTES = 32_000_000;

  private final Path source;
  private final List<SafetensorsHeader> headers;
  private final Map<String, SafetensorsHeader> byTensor;
  private final boolean sharded;

  private WeightFiles(
      Path source, List<SafetensorsHeader> headers, Map<String, SafetensorsHeader> byTensor) {
    this.source = source;
    this.headers = headers;
    this.byTensor = byTensor;
    this.sharded = !byTensor.isEmpty();
  }

  /** Reads every header; with both a single file and an index present the single file counts. */
  static WeightFiles open(Path directory) {
    if (Files.exists(directory.resolve(SINGLE))) {
      return single(directory.resolve(SINGLE));
    }
    if (Files.exists(directory.resolve(INDEX))) {
      return sharded(directory, directory.resolve(INDEX));
    }
    return single(onlyFile(directory));
  }

  /**
   * What {@link #open} would read in a directory with files of these names; of the files only an
   * index that decides has to be there.
   */
  static List<String> names(Path directory, Collection<String> names) {
    if (names.contains(SINGLE)) {
      return List.of(SINGLE);
    }
    if (names.contains(INDEX)) {
      return shards(directory.resolve(INDEX)).values().stream().distinct().sorted().toList();
    }
    return List.of(onlyName(directory, names));
  }

  /** Real paths of the files, in the order of their names in the directory. */
  List<Path> files() {
    return headers.stream().map(SafetensorsHeader::file).toList();
  }

  /** What to call these weights in an error: the single file, or the index. */
  Path source() {
    return source;
  }

  /** Names of all tensors in the files, listed by an index or not. */
  Stream<String> tensors() {
    return headers.stream().flatMap(header -> header.entries().stream()).map(TensorEntry::name);
  }

  /** The header of the file that holds a tensor, if one does. */
  Optional<SafetensorsHeader> holding(String tensor) {
    if (!sharded) {
      return Optional.of(headers.get(0)).filter(header -> header.entry(tensor).isPresent());
    }
    Optional<SafetensorsHeader> shard = Optional.ofNullable(byTensor.get(tensor));
    if (shard.isPresent() && shard.get().entry(tensor).isEmpty()) {
      throw CheckpointErrors.tensorMissing(shard.get().file(), tensor);
    }
    return shard;
  }

  private static WeightFiles single(Path file) {
    return new WeightFiles(file, List.of(SafetensorsHeader.read(real(file))), Map.of());
  }

  private static WeightFiles sharded(Path directory, Path index) {
    Map<String, SafetensorsHeader> byName = new TreeMap<>();
    Map<String, SafetensorsHeader> byTensor = new HashMap<>();
    shards(index)
        .forEach(
            (tensor, shard) ->
                byTensor.put(
                    tensor,
                    byName.computeIfAbsent(shard, name -> readShard(directory, index, name))));
    return new WeightFiles(index, List.copyOf(byName.values()), Map.copyOf(byTensor));
  }

  /** Which shard each tensor is in. */
  private static Map<String, String> shards(Path index) {
    JsonNode weightMap = JsonFiles.readObject(index, MAX_INDEX_BYTES).path("weight_map");
    if (!weightMap.isObject() || weightMap.isEmpty()) {
      throw CheckpointErrors.modelJsonInvalid(
          index, "it has no weight_map", "an object weight_map from tensor names to file names");
    }
    Map<String, String> shards = new LinkedHashMap<>();
    weightMap
        .fields()
        .forEachRemaining(
            field ->
                shards.put(field.getKey(), shardName(index, field.getKey(), field.getValue())));
    return shards;
  }

  /**
   * The index comes from a stranger: it may only name files that lie beside it, and in ASCII, which
   * every file system can spell.
   */
  private static String shardName(Path index, String tensor, JsonNode value) {
    String name = value.asText();
    boolean plain =
        value.isTextual()
            && name.endsWith(SUFFIX)
            && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':' || c < ' ' || c > '~');
    if (!plain) {
      throw CheckpointErrors.modelJsonInvalid(
          index,
          "its weight_map puts tensor " + tensor + " into " + value,
          "the plain name of a .safetensors file beside the index");
    }
    return name;
  }

  private static SafetensorsHeader readShard(Path directory, Path index, String name) {
    Path shard = directory.resolve(name);
    if (!Files.exists(shard)) {
      throw CheckpointErrors.shardMissing(index, name);
    }
    return SafetensorsHeader.read(real(shard));
  }

  /** Names of safetensors files in the directory that are not among those that are read. */
  List<String> leftOut(Path directory) {
    Set<Path> read = Set.copyOf(files());
    try (Stream<Path> children = Files.list(directory)) {
      return children
          .filter(file -> file.getFileName().toString().endsWith(SUFFIX))
          .filter(file -> Files.exists(file) && !read.contains(real(file)))
          .map(file -> file.getFileName().toString())
          .sorted()
          .toList();
    } catch (IOException e) {
      throw CheckpointErrors.modelFileUnreadable(directory, e);
    }
  }

  private static Path onlyFile(Path directory) {
    try (Stream<Path> children = Files.list(directory)) {
      List<String> names = children.map(file -> file.getFileName().toString()).toList();
      return directory.resolve(onlyName(directory, names));
    } catch (IOException e) {
      throw CheckpointErrors.modelFileUnreadable(directory, e);
    }
  }

  private static String onlyName(Path directory, Collection<String> names) {
    List<String> found = names.stream().filter(name -> name.endsWith(SUFFIX)).toList();
    if (found.isEmpty()) {
      throw CheckpointErrors.modelFileMissing(directory, SINGLE);
    }
    if (found.size() > 1) {
      throw CheckpointErrors.weightsAmbiguous(directory, found.size(), INDEX);
    }
    return found.get(0);
  }

  private static Path real(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException e) {
      throw CheckpointErrors.modelFileUnreadable(file, e);
    }
  }
}
