package io.bingoguard.cli;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Asks an object store for a path with little patience, before anything is done. A run has to
 * outlast a server that starts again, for minutes; an address at which there is nothing should be
 * told soon.
 */
final class FirstContact {
  private static final String SCHEME = "s3a:";

  /** About ten seconds in all, where nobody answers. */
  private static final Map<String, String> IMPATIENT =
      Map.of(
          "fs.s3a.attempts.maximum", "0",
          "fs.s3a.retry.limit", "3",
          "fs.s3a.retry.interval", "500ms",
          "fs.s3a.connection.establish.timeout", "3000",
          "fs.s3a.connection.timeout", "5000",
          // The one in the cache is as patient as the run needs it.
          "fs.s3a.impl.disable.cache", "true");

  private FirstContact() {}

  /**
   * Why the store of a path cannot be reached at all; empty where it answers, whatever it says, is
   * slow to answer, or is no object store.
   */
  static Optional<IOException> failure(String path, Configuration hadoop) {
    if (!path.startsWith(SCHEME)) {
      return Optional.empty();
    }
    Configuration impatient = new Configuration(hadoop);
    IMPATIENT.forEach(impatient::set);
    try {
      Path asked = new Path(path);
      try (FileSystem files = asked.getFileSystem(impatient)) {
        files.getFileStatus(asked);
      }
    } catch (FileNotFoundException absent) {
      return Optional.empty();
    } catch (IOException failure) {
      return isUnreachable(failure) ? Optional.of(failure) : Optional.empty();
    } catch (IllegalArgumentException unreadable) {
      // What is wrong with the path is told when it is used.
      return Optional.empty();
    }
    return Optional.empty();
  }

  private static boolean isUnreachable(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof ConnectException
          || cause instanceof NoRouteToHostException
          || cause instanceof UnknownHostException
          // Apache's, which the store's client may have under a name of its own.
          || cause.getClass().getSimpleName().equals("ConnectTimeoutException")) {
        return true;
      }
    }
    return false;
  }
}
