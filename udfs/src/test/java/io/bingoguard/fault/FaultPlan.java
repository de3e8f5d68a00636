package io.bingoguard.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * What is to go wrong in the sessions of executors: files in a folder that test and executors
 * share. A fault that strikes once is a file that the first session to come removes.
 */
public final class FaultPlan {
  /** System property of the executors that names the folder. */
  public static final String PROPERTY = "bingoguard.test.faults";

  /** Milliseconds that every pass takes longer. */
  public static final String SLOW = "slow";

  /** A pass over a token with this id fails. */
  public static final String POISON = "poison";

  /** A pass of more tokens than this does not fit into memory. */
  public static final String MEMORY = "memory";

  /** Every session dies at its second pass. */
  public static final String DIE = "die";

  /** One session dies at its second pass. */
  public static final String DIE_ONCE = "die.once";

  /** One session hangs at its second pass. */
  public static final String HANG_ONCE = "hang.once";

  private static final String PASSES = "passes";

  private final Path folder;

  public FaultPlan(Path folder) {
    this.folder = folder;
  }

  /** The plan of this executor. */
  static FaultPlan ofProcess() {
    return new FaultPlan(Path.of(System.getProperty(PROPERTY)));
  }

  /** Option for the JVMs of executors. */
  public String javaOption() {
    return "-D%s=%s".formatted(PROPERTY, folder);
  }

  public void set(String fault, String value) throws IOException {
    Files.createDirectories(folder);
    Files.writeString(folder.resolve(fault), value);
  }

  public void clear() throws IOException {
    Files.createDirectories(folder);
    for (String fault : new String[] {PASSES, SLOW, POISON, MEMORY, DIE, DIE_ONCE, HANG_ONCE}) {
      Files.deleteIfExists(folder.resolve(fault));
    }
  }

  /** The number that a fault is set to, if it is set. */
  Optional<Integer> number(String fault) {
    try {
      return Optional.of(Integer.valueOf(Files.readString(folder.resolve(fault)).strip()));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** A session has done a pass. */
  void passed() {
    try {
      Files.write(
          folder.resolve(PASSES),
          new byte[1],
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Passes of all sessions since the plan was cleared. */
  public long passes() {
    try {
      return Files.size(folder.resolve(PASSES));
    } catch (IOException e) {
      return 0;
    }
  }

  public boolean isSet(String fault) {
    return Files.exists(folder.resolve(fault));
  }

  /** Whether the caller is the one that a fault strikes. */
  boolean claim(String fault) {
    try {
      return Files.deleteIfExists(folder.resolve(fault));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
