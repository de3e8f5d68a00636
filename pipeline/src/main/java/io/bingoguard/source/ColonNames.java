package io.bingoguard.source;

import java.util.Collection;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocalFileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * Names with a colon, which Hadoop takes for the end of a URI's scheme. Its file system for local
 * files fails on them, as it looks for a file of checksums beside each; the one below it does not.
 */
final class ColonNames {
  private static final Map<String, String> WITHOUT_CHECKSUMS =
      Map.of(
          "fs.file.impl",
          RawLocalFileSystem.class.getName(),
          // Otherwise another file system may stand in Hadoop's cache under the same key.
          "fs.file.impl.disable.cache",
          "true");

  private ColonNames() {}

  /** The path of an input; what is no scheme belongs to the name. */
  static Path path(String input) {
    try {
      return new Path(input);
    } catch (IllegalArgumentException unreadable) {
      if (input.indexOf(':') < 0) {
        throw unreadable;
      }
      return new Path("./" + input);
    }
  }

  /** The same file system, without checksums beside its files. */
  static FileSystem withoutChecksums(FileSystem system) {
    return system instanceof LocalFileSystem local && local.getUri().getScheme().equals("file")
        ? local.getRaw()
        : system;
  }

  /** Settings with which files can be opened; none where their names have no colon. */
  static Map<String, String> settings(Collection<String> paths) {
    return paths.stream().anyMatch(ColonNames::localWithColon) ? WITHOUT_CHECKSUMS : Map.of();
  }

  /** A configuration by which a file can be opened. */
  static Configuration configuration(Configuration hadoop, String path) {
    if (!localWithColon(path)) {
      return hadoop;
    }
    Configuration own = new Configuration(hadoop);
    WITHOUT_CHECKSUMS.forEach(own::set);
    return own;
  }

  private static boolean localWithColon(String path) {
    return path.startsWith("file:") && path.indexOf(':', "file:".length()) >= 0;
  }
}
