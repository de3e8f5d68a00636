package io.bingoguard.cache;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.bundle.ModelBundle;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.guard.Sha256;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A bundle of random bytes with a true manifest: the cache asks no more of a model. */
final class TestBundle {
  static final String SHARD_1 = "model-00001-of-00002.safetensors";
  static final String SHARD_2 = "model-00002-of-00002.safetensors";
  static final String SINGLE = "model.safetensors";

  private final Path directory;

  private TestBundle(Path directory) {
    this.directory = directory;
  }

  /** One weight file of so many bytes. */
  static TestBundle single(Path directory, int bytes) throws IOException {
    Map<String, byte[]> files = small();
    files.put(SINGLE, random(directory.getFileName() + SINGLE, bytes));
    return write(directory, files, List.of(SINGLE));
  }

  /** Two weight files of so many bytes and half as many, their index, and files without use. */
  static TestBundle sharded(Path directory, int bytes) throws IOException {
    Map<String, byte[]> files = small();
    files.put(SHARD_1, random(SHARD_1, bytes));
    files.put(SHARD_2, random(SHARD_2, bytes / 2));
    files.put("empty.txt", new byte[0]);
    files.put("consolidated.safetensors", random("unused", 10));
    String index = "{\"weight_map\":{\"b\":\"%s\",\"a\":\"%s\"}}".formatted(SHARD_2, SHARD_1);
    files.put("model.safetensors.index.json", index.getBytes(StandardCharsets.UTF_8));
    return write(directory, files, List.of(SHARD_1, SHARD_2));
  }

  private static Map<String, byte[]> small() {
    Map<String, byte[]> files = new TreeMap<>();
    files.put("config.json", random("config", 500));
    files.put("tokenizer.json", random("tokenizer", 3000));
    files.put("prompt-pack.json", random("pack", 2000));
    return files;
  }

  private static TestBundle write(Path directory, Map<String, byte[]> files, List<String> weights)
      throws IOException {
    Files.createDirectories(directory);
    List<BundleFile> listed = new ArrayList<>();
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Files.write(directory.resolve(file.getKey()), file.getValue());
      listed.add(new BundleFile(file.getKey(), file.getValue().length, Sha256.of(file.getValue())));
    }
    List<String> revised = new ArrayList<>(List.of("config.json", "tokenizer.json"));
    revised.addAll(weights);
    String revision =
        ModelBundle.revisionOf(revised.stream().map(files::get).map(Sha256::of).toList());
    String pack = "test/1@sha256:" + Sha256.of(files.get("prompt-pack.json"));
    TestBundle bundle = new TestBundle(directory);
    bundle.write(new BundleManifest(revision, pack, listed));
    return bundle;
  }

  private static byte[] random(String seed, int bytes) {
    byte[] content = new byte[bytes];
    new Random(seed.hashCode()).nextBytes(content);
    return content;
  }

  void write(BundleManifest manifest) throws IOException {
    Files.writeString(file(BundleManifest.FILE_NAME), manifest.toJson());
  }

  BundleManifest manifest() throws IOException {
    return BundleManifest.read(directory).orElseThrow();
  }

  Path directory() {
    return directory;
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  /** The directory on the file system that counts. */
  ModelRef.Remote remote() {
    return new ModelRef.Remote("counted://" + directory);
  }
}
