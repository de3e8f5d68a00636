package io.bingoguard.source;

import java.net.URI;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;

/** Finds out from Spark's words which file it could not read. */
final class UnreadableFile {
  /** Spark says where it was in an error's message alone, with the path as a URI. */
  private static final Pattern PLACE =
      Pattern.compile("(?:reading|in) file:? (\\S+?)[.,]?(?=\\s|$)");

  private UnreadableFile() {}

  /**
   * The file that an error names.
   *
   * @param root what the file has to be or to lie below
   */
  static Optional<String> in(Throwable error, Path root) {
    if (error.getMessage() == null) {
      return Optional.empty();
    }
    Matcher place = PLACE.matcher(error.getMessage());
    while (place.find()) {
      Optional<String> file = file(place.group(1));
      if (file.filter(path -> (path + "/").startsWith(root + "/")).isPresent()) {
        return file;
      }
    }
    return Optional.empty();
  }

  /** The innermost reason of an error. */
  static Throwable reason(Throwable error) {
    Throwable reason = error;
    while (reason.getCause() != null && reason.getCause() != reason) {
      reason = reason.getCause();
    }
    return reason;
  }

  private static Optional<String> file(String uri) {
    try {
      return Optional.of(new Path(URI.create(uri)).toString());
    } catch (IllegalArgumentException noUri) {
      return Optional.empty();
    }
  }
}
