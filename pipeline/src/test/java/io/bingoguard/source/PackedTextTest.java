package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.arrived;
import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.Zstd;
import io.bingoguard.guard.GuardException;
import io.bingoguard.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PackedTextTest {
  private static final String LINES =
      "{\"id\":1,\"prompt\":\"q1\"}\n{\"id\":2,\"prompt\":\"q2\"}\n";
  private static final String CSV = "id,prompt\n1,q1\n2,q2\n";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"gz", "bz2", "zst", "deflate"})
  void readsPackedText(String ending) throws IOException {
    assertReads(write("lines/a.jsonl." + ending, packed(LINES, ending)).getParent());
    assertReads(write("csv/a.csv." + ending, packed(CSV, ending)).getParent());
  }

  @Test
  void readsZstandardOfSeveralFramesAndAnyWindow() throws IOException {
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    frames.write(Zstd.compress(bytes("{\"id\":1,\"prom")));
    frames.write(Zstd.compress(bytes("pt\":\"q1\"}\n{\"id\":2,\"prompt\":\"q2\"}\n"), 19));
    assertReads(write("a.ndjson.zst", frames.toByteArray()));
  }

  @Test
  void readsWhatSparkItselfPacks() {
    for (String codec : List.of("lz4", "snappy")) {
      Path out = folder.resolve(codec);
      SharedSpark.session()
          .createDataset(LINES.lines().toList(), Encoders.STRING())
          .coalesce(1)
          .write()
          .option("compression", codec)
          .text(out.toString());
      for (Path file : files(out, ".txt." + codec)) {
        assertReads(rename(file, "part.json." + codec));
      }
    }
  }

  @Test
  void refusesAnUnfinishedArchive() throws IOException {
    byte[] whole = Zstd.compress(bytes(LINES.repeat(10_000)));
    byte[] half = Arrays.copyOf(whole, whole.length / 2);
    Path file = write("a.jsonl.zst", half);
    assertThatThrownBy(() -> CorpusFixture.open(file).batch().collectAsList())
        .hasStackTraceContaining("Truncated source");
  }

  @Test
  void namesAnArchiveThatBreaksOffAtOnce() throws IOException {
    write("a.jsonl.gz", gzip(bytes(LINES)));
    write("b.jsonl.gz", Arrays.copyOf(gzip(bytes(LINES)), 30));

    refuses(folder, "SOURCE_UNREADABLE", "b.jsonl.gz cannot be read");
  }

  @ParameterizedTest
  @CsvSource({
    "a.jsonl, gz, .gz",
    "a.jsonl, zst, .zst",
    "a.csv, bz2, .bz2",
    "a.JSONL.GZ, gz, .gz",
    "a.jsonl.gz, zst, .zst",
  })
  void namesPackedTextWhoseNameDoesNotTell(String name, String packing, String remedy)
      throws IOException {
    String text = name.contains("csv") ? CSV : LINES;
    refuses(
        write(name, packed(text, packing)), "SOURCE_DISGUISED", "Rename it to end in " + remedy);
  }

  @ParameterizedTest
  @CsvSource({
    "fd377a585a000004, xz -d",
    "04224d1864a7, lz4 -d",
    "ff060000734e61507059, snzip -d",
    "504b030414000600, spreadsheet",
    "50415231150415, .parquet",
    "4f626a0104141261, Parquet",
  })
  void namesOtherKindsOfFiles(String hexadecimal, String remedy) {
    byte[] head = HexFormat.of().parseHex(hexadecimal);
    refuses(write("a.jsonl", head), "SOURCE_DISGUISED", remedy);
    refuses(write("a.csv", head), "SOURCE_DISGUISED", remedy);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jsonl.xz", "a.csv.br", "a.tar.gz", "corpus.tgz", "a.json.7z", "a.zip"})
  void namesPackingsThatAreNotRead(String name) {
    refuses(write(name, new byte[] {1, 2, 3}), "SOURCE_COMPRESSION_UNREAD", name);
    refuses(folder, "SOURCE_COMPRESSION_UNREAD", name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a.jsonl", "a.csv", "a.parquet", "a.jsonl.gz", "a.jsonl.zst"})
  void namesPointersOfGitLfs(String name) {
    String pointer =
        "version https://git-lfs.github.com/spec/v1\noid sha256:%s\nsize 84977953\n"
            .formatted("0".repeat(64));
    refuses(write(name, bytes(pointer)), "SOURCE_DISGUISED", "git lfs pull");
    refuses(folder, "SOURCE_DISGUISED", "git lfs pull");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-16LE", "UTF-16BE", "UTF-32LE", "UTF-32BE"})
  void namesOtherEncodings(String charset) throws IOException {
    String remedy = "iconv -f " + charset.substring(0, charset.length() - 2);
    for (String mark : List.of("", "\uFEFF")) {
      for (String name : List.of("a.jsonl", "a.csv")) {
        String text = mark + (name.endsWith("csv") ? CSV : LINES);
        byte[] encoded = text.getBytes(Charset.forName(charset));
        refuses(write(name, encoded), "SOURCE_DISGUISED", remedy);
        refuses(write(name + ".gz", gzip(encoded)), "SOURCE_DISGUISED", remedy);
      }
    }
  }

  private void assertReads(Path input) {
    Corpus corpus = CorpusFixture.open(input);
    assertThat(cells(corpus.batch().collectAsList()))
        .containsExactlyInAnyOrder(cell("1", 0, "q1", null, null), cell("2", 0, "q2", null, null));
    assertThat(cells(arrived(corpus, new HashSet<>()))).hasSize(2);
  }

  private static void refuses(Path input, String code, String part) {
    assertThatThrownBy(() -> CorpusFixture.open(input))
        .as(input.toString())
        .isInstanceOfSatisfying(
            GuardException.class, error -> assertThat(error.code()).hasToString(code))
        .hasMessageContaining(part)
        .hasMessageNotContaining("--format");
  }

  private Path write(String name, byte[] content) {
    try {
      Path file = folder.resolve(name);
      Files.createDirectories(file.getParent());
      return Files.write(file, content);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static Path rename(Path file, String name) {
    try {
      return Files.move(file, file.resolveSibling(name));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static List<Path> files(Path folder, String ending) {
    return List.of(folder.toFile().listFiles((dir, name) -> name.endsWith(ending))).stream()
        .map(File::toPath)
        .toList();
  }

  private static byte[] packed(String text, String ending) throws IOException {
    return switch (ending) {
      case "gz" -> gzip(bytes(text));
      case "zst" -> Zstd.compress(bytes(text));
      default -> hadoop(text, ending);
    };
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = new GZIPOutputStream(packed)) {
      out.write(content);
    }
    return packed.toByteArray();
  }

  private static byte[] hadoop(String text, String ending) throws IOException {
    CompressionCodec codec =
        new CompressionCodecFactory(new Configuration())
            .getCodec(new org.apache.hadoop.fs.Path("x." + ending));
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (OutputStream out = codec.createOutputStream(packed)) {
      out.write(bytes(text));
    }
    return packed.toByteArray();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
