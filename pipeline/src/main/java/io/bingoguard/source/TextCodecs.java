package io.bingoguard.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;

/** How compressed text is read: by Hadoop's codecs, found by a file's ending, and one for zst. */
final class TextCodecs {
  /** Endings of compressed text that is read. */
  static final List<String> ENDINGS = List.of("gz", "bz2", "zst", "deflate", "lz4", "snappy");

  private static final String CODECS = "io.compression.codecs";
  private static final Pattern UNREAD =
      Pattern.compile(".*\\.(xz|lzma|br|7z|zip|tar|tgz|tbz2?|txz|lzo|z|rar|zstd|sz)");
  private static final Pattern ARCHIVE = Pattern.compile(".*\\.(tar)\\.\\w+");

  private TextCodecs() {}

  /** Whether a file is compressed, so that it can only be read from its start. */
  static boolean packed(Configuration hadoop, DataFile file) {
    return codec(hadoop, new Path(file.path())) != null;
  }

  /** The same by its name alone. */
  static boolean isPackedName(String path) {
    return ENDINGS.stream().anyMatch(ending -> path.endsWith("." + ending));
  }

  /** Opens a file's text, whether it is compressed or not. */
  static InputStream open(Configuration hadoop, Path file) throws IOException {
    return open(ColonNames.withoutChecksums(file.getFileSystem(hadoop)), file);
  }

  /** Opens a file's text, whether it is compressed or not. */
  static InputStream open(FileSystem system, Path file) throws IOException {
    CompressionCodec codec = codec(system.getConf(), file);
    InputStream raw = system.open(file);
    if (codec == null) {
      return raw;
    }
    try {
      return codec.createInputStream(raw);
    } catch (IOException | RuntimeException unreadable) {
      raw.close();
      throw unreadable;
    }
  }

  private static CompressionCodec codec(Configuration configuration, Path file) {
    Configuration extended = new Configuration(configuration);
    String named = configuration.get(CODECS, "");
    String ours = ZstdCodec.class.getName();
    // Of two for one ending the later one wins.
    extended.set(CODECS, named.isBlank() ? ours : named + "," + ours);
    // Hadoop's own class loader does not know the jars that come with an application.
    extended.setClassLoader(TextCodecs.class.getClassLoader());
    return new CompressionCodecFactory(extended).getCodec(file);
  }

  /** The ending of a name that tells a compression or an archive which is not read. */
  static Optional<String> unreadEnding(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    for (Pattern pattern : List.of(ARCHIVE, UNREAD)) {
      Matcher match = pattern.matcher(lower);
      if (match.matches()) {
        return Optional.of(match.group(1));
      }
    }
    return Optional.empty();
  }
}
