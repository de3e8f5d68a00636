package io.bingoguard.source;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
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

  /**
   * Hadoop settings by which Spark's readers find the codecs, on the driver and on executors.
   * Hadoop's own codec for zst needs native libraries that few clusters have; the later one wins.
   */
  static Map<String, String> settings(Configuration configuration) {
    String named = configuration.get(CODECS, "");
    String ours = ZstdCodec.class.getName();
    return Map.of(CODECS, named.isBlank() ? ours : named + "," + ours);
  }

  /** Whether a file is packed in the way that Hadoop's own codecs do not read. */
  static boolean isZst(String path) {
    return path.toLowerCase(Locale.ROOT).endsWith(".zst");
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
    settings(configuration).forEach(extended::set);
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
