package io.bingoguard.bundle;

import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.Sha256;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.fs.FileSystem;

/**
 * The manifest of a model directory: which files it has, and their digests. One that exists keeps
 * what {@link BundleFile} promises of names; that its digests are true is for a copy to check.
 *
 * @param modelRevision as {@link ModelBundle#revision} gives it
 * @param promptPack the prompt pack's id, as labels carry it
 * @param files every file of the directory but the manifest
 */
public record BundleManifest(String modelRevision, String promptPack, List<BundleFile> files) {
  /** File name of the manifest inside a model directory. */
  public static final String FILE_NAME = "bundle.json";

  private static final int MAX_BYTES = 4_000_000;
  private static final int MAX_PACK_ID = 1000;
  private static final List<String> REQUIRED =
      List.of(Checkpoint.CONFIG, GuardTokenizer.FILE_NAME, PromptPack.FILE_NAME);

  /** Refuses, with an {@code IllegalArgumentException}, what no bundle can have. */
  public BundleManifest {
    if (!modelRevision.matches("sha256:[0-9a-f]{64}")) {
      throw new IllegalArgumentException("model_revision is no sha256: with 64 hex digits");
    }
    if (promptPack.length() > MAX_PACK_ID || promptPack.chars().anyMatch(Character::isISOControl)) {
      throw new IllegalArgumentException("prompt_pack is too long or no printable text");
    }
    files = List.copyOf(files);
    Set<String> names = new HashSet<>();
    long total = 0;
    for (BundleFile file : files) {
      if (!names.add(file.name())) {
        throw new IllegalArgumentException("it lists " + file.name() + " twice");
      }
      if (file.name().startsWith(FILE_NAME)) {
        throw new IllegalArgumentException("it lists " + file.name() + ", a manifest's own name");
      }
      if (file.name().equals(PromptPack.FILE_NAME)
          && !promptPack.endsWith("@sha256:" + file.sha256())) {
        throw new IllegalArgumentException("prompt_pack is of another " + PromptPack.FILE_NAME);
      }
      total += file.size();
      if (total < 0) {
        throw new IllegalArgumentException("its files are too large to add up");
      }
    }
    for (String name : REQUIRED) {
      if (!names.contains(name)) {
        throw new IllegalArgumentException("it lists no " + name);
      }
    }
    if (files.stream().noneMatch(BundleFile::isWeights)) {
      throw new IllegalArgumentException("it lists no " + Checkpoint.WEIGHTS_SUFFIX + " file");
    }
  }

  /**
   * The manifest of a model directory, of all files that lie in it; reads each once.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_MANIFEST_INVALID} if a file's name
   *     cannot be listed
   */
  public static BundleManifest of(ModelBundle bundle) throws IOException {
    List<Path> paths;
    try (Stream<Path> there = Files.list(bundle.directory())) {
      paths = there.filter(file -> !file.endsWith(FILE_NAME)).sorted().toList();
    }
    try {
      List<BundleFile> files = paths.parallelStream().map(BundleFile::of).toList();
      String revision = revision(files, bundle.directory());
      return new BundleManifest(revision, bundle.pack().id().toString(), files);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw BundleErrors.manifestInvalid(
          bundle.directory().resolve(FILE_NAME).toString(), e.getMessage());
    }
  }

  /**
   * The manifest of a local model directory; absent if it has none.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_MANIFEST_INVALID}
   */
  public static Optional<BundleManifest> read(Path directory) throws IOException {
    Path file = directory.resolve(FILE_NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = Files.newInputStream(file)) {
      return Optional.of(parse(file.toString(), in.readNBytes(MAX_BYTES + 1)));
    }
  }

  /**
   * The manifest of a model directory on a file system of Hadoop's; absent if it has none.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_MANIFEST_INVALID}
   */
  public static Optional<BundleManifest> read(FileSystem files, org.apache.hadoop.fs.Path directory)
      throws IOException {
    org.apache.hadoop.fs.Path file = new org.apache.hadoop.fs.Path(directory, FILE_NAME);
    if (!files.exists(file)) {
      return Optional.empty();
    }
    try (InputStream in = files.open(file)) {
      return Optional.of(parse(file.toString(), in.readNBytes(MAX_BYTES + 1)));
    }
  }

  /**
   * Reads a manifest.
   *
   * @param source what to call it in an error
   * @throws io.bingoguard.guard.GuardException {@code MODEL_MANIFEST_INVALID}
   */
  public static BundleManifest parse(String source, byte[] json) {
    if (json.length > MAX_BYTES) {
      throw BundleErrors.manifestInvalid(source, "it has more than " + MAX_BYTES + " bytes");
    }
    try {
      return ManifestJson.parse(json);
    } catch (IllegalArgumentException e) {
      throw BundleErrors.manifestInvalid(source, e.getMessage());
    }
  }

  /**
   * What is wrong with the files of a directory, in the order of the manifest.
   *
   * @param digests whether to read every file for its digest
   */
  public List<GuardException> differences(Path directory, boolean digests) {
    return files.stream().flatMap(file -> file.difference(directory, digests).stream()).toList();
  }

  /**
   * Refuses a directory that gives another revision than the manifest.
   *
   * @param seen the revision that the directory's files give
   * @throws io.bingoguard.guard.GuardException {@code MODEL_FILE_MISSING}, {@code
   *     MODEL_FILE_TAMPERED}, or {@code MODEL_MANIFEST_INVALID} if every file is as listed
   */
  public void refuseOther(String seen, Path directory) {
    if (!seen.equals(modelRevision)) {
      throw differences(directory, true).stream()
          .findFirst()
          .orElseGet(
              () ->
                  BundleErrors.manifestInvalid(
                      directory.resolve(FILE_NAME).toString(),
                      "model_revision is " + modelRevision + ", but the files give " + seen));
    }
  }

  /** The manifest's text, the same for equal manifests. */
  public String toJson() {
    return ManifestJson.write(this);
  }

  /** SHA-256 of {@link #toJson}, 64 hexadecimal digits. */
  public String sha256() {
    return Sha256.of(toJson().getBytes(StandardCharsets.UTF_8));
  }

  /** Bytes of all files together. */
  public long totalBytes() {
    return files.stream().mapToLong(BundleFile::size).sum();
  }

  /**
   * Refuses a manifest whose digests do not give its revision. With files that have these digests,
   * this says the same as {@link ModelBundle#revision} and reads none of them again.
   *
   * @param source what to call the manifest in an error
   * @param directory where the index of a sharded checkpoint is read
   */
  public void checkRevision(String source, Path directory) {
    try {
      String computed = revision(files, directory);
      if (!computed.equals(modelRevision)) {
        throw new IllegalArgumentException(
            "model_revision is " + modelRevision + ", but its digests give " + computed);
      }
    } catch (IllegalArgumentException e) {
      throw BundleErrors.manifestInvalid(source, e.getMessage());
    }
  }

  private static String revision(List<BundleFile> files, Path directory) {
    Map<String, String> digests =
        files.stream().collect(Collectors.toMap(BundleFile::name, BundleFile::sha256));
    Function<String, String> digest =
        name -> {
          String known = digests.get(name);
          if (known == null) {
            throw new IllegalArgumentException("it lists no " + name + ", which the model needs");
          }
          return known;
        };
    return ModelBundle.revisionOf(
        Stream.concat(
                Stream.of(Checkpoint.CONFIG, GuardTokenizer.FILE_NAME),
                Checkpoint.weightNames(directory, digests.keySet()).stream())
            .map(digest)
            .toList());
  }
}
