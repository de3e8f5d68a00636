package io.bingoguard.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BundleManifestTest {
  private static final String ZEROS = "0".repeat(64);
  private static final String GOOD =
      """
      {"format": "bingoguard-bundle/1",
       "model_revision": "sha256:ZEROS",
       "prompt_pack": "pack/1@sha256:ZEROS",
       "files": [
        {"name": "config.json", "size": 1, "sha256": "ZEROS"},
        {"name": "tokenizer.json", "size": 2, "sha256": "ZEROS"},
        {"name": "prompt-pack.json", "size": 3, "sha256": "ZEROS"},
        {"name": "model.safetensors", "size": 4, "sha256": "ZEROS"}]}
      """
          .replace("ZEROS", ZEROS);

  @TempDir Path folder;

  @Test
  void namesEveryByteOfAModelAndItsRevision() throws IOException {
    PlantedModel.write(folder);
    ModelBundle bundle = ModelBundle.open(folder);

    BundleManifest manifest = BundleManifest.of(bundle);

    assertThat(manifest.modelRevision()).isEqualTo(bundle.revision());
    assertThat(manifest.promptPack()).isEqualTo(bundle.pack().id().toString());
    assertThat(manifest.files())
        .extracting(BundleFile::name)
        .containsExactly("config.json", "model.safetensors", "prompt-pack.json", "tokenizer.json");
    Files.writeString(folder.resolve(BundleManifest.FILE_NAME), manifest.toJson());
    assertThat(BundleManifest.read(folder)).contains(manifest);
    assertThat(BundleManifest.of(bundle)).isEqualTo(manifest);
  }

  @ParameterizedTest
  @ValueSource(strings = {"multi-query-sharded-fp32", "llama32-tied-sharded-bf16"})
  void givesTheRevisionOfShardsInTheOrderOfTheirNames(String checkpoint)
      throws IOException, URISyntaxException {
    Path reference =
        Path.of(Objects.requireNonNull(getClass().getResource("/reference/" + checkpoint)).toURI());
    PlantedModel.writeTexts(folder);
    try (Stream<Path> files = Files.list(reference)) {
      for (Path file : files.toList()) {
        if (!Files.exists(folder.resolve(file.getFileName()))) {
          Files.copy(file, folder.resolve(file.getFileName()));
        }
      }
    }
    Files.writeString(folder.resolve("consolidated.safetensors"), "unused");

    assertThat(BundleManifest.of(ModelBundle.open(folder)).modelRevision())
        .isEqualTo(ModelBundle.open(folder).revision());
  }

  @Test
  void isReadAsItIsWritten() {
    BundleManifest manifest = parse(GOOD);

    assertThat(manifest.totalBytes()).isEqualTo(10);
    assertThat(parse(manifest.toJson())).isEqualTo(manifest);
    assertThat(parse(withDigest("AB".repeat(32)))).isEqualTo(parse(withDigest("ab".repeat(32))));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "config.json | ../config.json | no plain file name",
        "config.json | .. | no plain file name",
        "config.json | /etc/passwd | no plain file name",
        "config.json | a\\\\b | no plain file name",
        "config.json | s3a:x | no plain file name",
        "config.json | a\\u0000b | no plain file name",
        "config.json | a\\nb | no plain file name",
        "config.json | bundle.json | own name",
        "config.json | model.safetensors | twice",
        "config.json | other.json | no config.json",
        "tokenizer.json | other.json | no tokenizer.json",
        "prompt-pack.json | other.json | no prompt-pack.json",
        "model.safetensors | model.bin | no .safetensors",
        "`size\": 1` | `size\": -1` | size of config.json is -1",
        "`size\": 1` | `size\": 1.5` | size is no whole number",
        "`size\": 1` | `size\": 9223372036854775807` | too large to add up",
        "`size\": 1` | `size\": 9223372036854775808` | size is no whole number",
        "`size\": 1` | `size\": 1, \"size\": 1` | not valid JSON",
        "bundle/1 | bundle/2 | format",
        "sha256:0 | md5:0 | model_revision",
        "pack/1@sha256:0 | pack/1@sha256:1 | another prompt-pack.json",
        "`\"0000` | `\"000` | 64 hex digits",
        "`\"0000` | `\"zzzz` | 64 hex digits",
        "`\"files\"` | `\"file\"` | files is no list",
      })
  void whatNoBundleCanHaveIsRefused(String part, String hostile, String mention) {
    assertThat(GOOD).contains(part);
    assertInvalid(GOOD.replaceFirst(part, hostile.replace("\\", "\\\\")), mention);
  }

  @Test
  void whatIsNoManifestIsRefused() {
    assertInvalid("", "no JSON object");
    assertInvalid("[]", "no JSON object");
    assertInvalid(GOOD + GOOD, "not valid JSON");
    assertInvalid("[".repeat(100_000), "not valid JSON");
    assertInvalid(GOOD + " ".repeat(4_000_000), "more than 4000000 bytes");
  }

  private static void assertInvalid(String json, String mention) {
    assertThatThrownBy(() -> parse(json))
        .isInstanceOfSatisfying(
            GuardException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.MODEL_MANIFEST_INVALID))
        .hasMessageContaining("hdfs://a/bundle.json")
        .hasMessageContaining(mention);
  }

  private static String withDigest(String config) {
    String size = "\"size\": 1, \"sha256\": \"";
    return GOOD.replace(size + ZEROS, size + config);
  }

  private static BundleManifest parse(String json) {
    return BundleManifest.parse("hdfs://a/bundle.json", json.getBytes(StandardCharsets.UTF_8));
  }
}
