package io.bingoguard.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.hadoop.util.ShutdownHookManager;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The folder for temporary files of this process, beneath {@code java.io.tmpdir}. It is removed
 * with all it holds when the process ends; of one that is killed, the next process of the same user
 * removes it, which looks for such folders when it makes its own.
 */
public final class ProcessFolder {
  /**
   * A system property with the folder that whoever started this process has made for it, and named
   * as {@code java.io.tmpdir} too, so that libraries put their files there as well.
   */
  static final String GIVEN = "bingoguard.process.folder";

  /** After the hooks of Spark and of Hadoop's file systems, which remove files of their own. */
  private static final int LAST = 0;

  private static final Logger LOG = LoggerFactory.getLogger(ProcessFolder.class);

  private static Optional<ClaimedFolder> claimed = Optional.empty();

  private ProcessFolder() {}

  /**
   * The folder, made on first use.
   *
   * @throws IOException if it cannot be made
   */
  public static synchronized Path path() throws IOException {
    if (claimed.isEmpty()) {
      ClaimedFolder folder = claim();
      claimed = Optional.of(folder);
      ShutdownHookManager.get().addShutdownHook(() -> remove(folder), LAST);
      DeadFolders.remove(folder.path());
    }
    return claimed.get().path();
  }

  /**
   * A new folder in it.
   *
   * @param purpose what its name begins with
   * @throws IOException if it cannot be made
   */
  public static Path newFolder(String purpose) throws IOException {
    return Files.createTempDirectory(path(), purpose + "-");
  }

  private static ClaimedFolder claim() throws IOException {
    String given = System.getProperty(GIVEN, "");
    String temporary = System.getProperty("java.io.tmpdir");
    Path absolute = Path.of(temporary).toAbsolutePath();
    return given.equals(temporary) ? ClaimedFolder.of(absolute) : ClaimedFolder.in(absolute);
  }

  private static void remove(ClaimedFolder folder) {
    try {
      folder.remove();
    } catch (IOException e) {
      LOG.debug("The folder for temporary files stays for the next process to remove", e);
    }
  }
}
