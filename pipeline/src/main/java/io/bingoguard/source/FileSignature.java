package io.bingoguard.source;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;

/** What the first bytes of a file show it to be; each kind begins with bytes of its own. */
enum FileSignature {
  GIT_LFS("a Git LFS pointer and not the file itself", text("version https://git-lfs")),
  GZIP("compressed with gzip", "1f8b08", "gz"),
  ZSTD("compressed with Zstandard", "28b52ffd", "zst"),
  BZIP2("compressed with bzip2", "425a683.314159265359", "bz2"),
  XZ("compressed with xz", "fd377a585a00"),
  LZ4_FRAME("compressed with lz4's own frames", "04224d18"),
  SNAPPY_FRAME("compressed with Snappy's own frames", "ff060000734e61507059"),
  ZIP("a ZIP archive or a spreadsheet", "504b0304"),
  SEVEN_ZIP("a 7z archive", "377abcaf271c"),
  PARQUET("a Parquet file", text("PAR1"), "parquet"),
  ORC("an ORC file", text("ORC")),
  AVRO("an Avro file", text("Obj") + "01"),
  ARROW("an Arrow file", text("ARROW1")),
  UTF_32("text in UTF-32", "(fffe0000|0000feff|000000[^0].|[^0].000000)"),
  UTF_16("text in UTF-16", "(fffe|feff|(00([^0].|.[^0])){2}|(([^0].|.[^0])00){2})");

  /** Bytes that are enough to know any kind. */
  static final int BYTES = 32;

  private final String title;
  private final Pattern bytes;
  private final String ending;

  FileSignature(String title, String bytes) {
    this(title, bytes, "");
  }

  /**
   * A kind of file.
   *
   * @param ending of names by which it is read; empty where it is not
   */
  FileSignature(String title, String bytes, String ending) {
    this.title = title;
    this.bytes = Pattern.compile(bytes);
    this.ending = ending;
  }

  private static String text(String letters) {
    return HexFormat.of().formatHex(letters.getBytes(StandardCharsets.US_ASCII));
  }

  /** The kind of a file, by its beginning. */
  static Optional<FileSignature> of(byte[] head) {
    String digits = HexFormat.of().formatHex(head, 0, Math.min(BYTES, head.length));
    return Arrays.stream(values())
        .filter(kind -> kind.bytes.matcher(digits).lookingAt())
        .findFirst();
  }

  String title() {
    return title;
  }

  /** Whether this is text that only has to be written in another encoding. */
  boolean encoding() {
    return this == UTF_16 || this == UTF_32;
  }

  /** Whether a file of this kind is read when it has this name; Hadoop minds upper case. */
  boolean readAs(String name) {
    return !ending.isEmpty() && name.endsWith("." + ending);
  }

  /** What the user can do about it. */
  String remedy() {
    return switch (this) {
      case GIT_LFS -> "Fetch the file: git lfs pull";
      case GZIP, ZSTD, BZIP2, PARQUET -> "Rename it to end in .%s".formatted(ending);
      case XZ -> "Unpack it: xz -d FILE";
      case LZ4_FRAME -> "Unpack it: lz4 -d FILE";
      case SNAPPY_FRAME -> "Unpack it: snzip -d FILE";
      case ZIP, SEVEN_ZIP -> "Unpack it, or save the spreadsheet as CSV";
      case ORC, AVRO, ARROW -> "Convert it to Parquet";
      case UTF_32, UTF_16 ->
          "Convert it: iconv -f %s -t UTF-8 FILE > NEW_FILE".formatted(name().replace('_', '-'));
    };
  }
}
