package io.bingoguard.source;

import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Tells files that belong to a table from files that stand for themselves. A table's folder also
 * holds files of rows that were deleted or replaced; only its log says which rows there are.
 *
 * <p>Delta tables have a folder {@code _delta_log}, Hudi tables {@code .hoodie} and in each
 * partition {@code .hoodie_partition_metadata}, Iceberg tables a folder {@code metadata} with
 * numbered {@code *.metadata.json} or {@code version-hint.text}.
 */
final class ForeignTables {
  static final String DELTA_LOG = "_delta_log";
  private static final String HUDI_LOG = ".hoodie";
  private static final String HUDI_PARTITION = ".hoodie_partition_metadata";
  private static final String ICEBERG_LOG = "metadata";
  private static final Pattern ICEBERG_VERSION =
      Pattern.compile("version-hint\\.text|v?\\d+(-[^/]*)?(\\.gz)?\\.metadata\\.json(\\.gz)?");

  private final FileSystem system;
  private final String input;

  ForeignTables(FileSystem system, String input) {
    this.system = system;
    this.input = input;
  }

  /**
   * Refuses a file below the input that shows a table.
   *
   * @param names folders and name of the file, from the input's folder on
   */
  void refuseBelow(List<String> names) {
    for (int depth = 0; depth < names.size(); depth++) {
      String table = String.join("/", names.subList(0, depth));
      String shown = table.isEmpty() ? input : table;
      String name = names.get(depth);
      if (name.equals(DELTA_LOG) && depth > 0) {
        throw SourceErrors.sourceHoldsDelta(input, shown);
      }
      if (name.equals(HUDI_LOG) || name.equals(HUDI_PARTITION)) {
        throw SourceErrors.sourceOfHudi(input, shown);
      }
      if (name.equals(ICEBERG_LOG)
          && depth == names.size() - 2
          && ICEBERG_VERSION.matcher(names.get(depth + 1)).matches()) {
        throw SourceErrors.sourceOfIceberg(input, shown);
      }
    }
  }

  /**
   * Refuses a folder that lies within a table: looks for a log in it and in each folder above it,
   * up to the root of the file system, with four requests a folder.
   */
  void refuseWithin(Path folder) {
    for (Path at = folder; at != null; at = at.getParent()) {
      Optional<GuardException> refused = tableAt(at);
      if (refused.isPresent()) {
        throw refused.get();
      }
    }
  }

  private Optional<GuardException> tableAt(Path folder) {
    if (exists(new Path(folder, DELTA_LOG))) {
      return Optional.of(SourceErrors.sourceWithinDelta(input, folder.toString()));
    }
    if (exists(new Path(folder, HUDI_LOG)) || exists(new Path(folder, HUDI_PARTITION))) {
      return Optional.of(SourceErrors.sourceOfHudi(input, hudiTable(folder).toString()));
    }
    return holdsIcebergLog(new Path(folder, ICEBERG_LOG))
        ? Optional.of(SourceErrors.sourceOfIceberg(input, folder.toString()))
        : Optional.empty();
  }

  /** The table of a partition; the partition itself where no log stands above it. */
  private Path hudiTable(Path partition) {
    Path at = partition;
    while (at != null && !exists(new Path(at, HUDI_LOG))) {
      at = at.getParent();
    }
    return at == null ? partition : at;
  }

  private boolean holdsIcebergLog(Path folder) {
    try {
      return Arrays.stream(system.listStatus(folder))
          .anyMatch(file -> ICEBERG_VERSION.matcher(file.getPath().getName()).matches());
    } catch (IOException absent) {
      return false;
    }
  }

  /**
   * What the user may not see above the input is taken for absent: the input itself is readable.
   */
  private boolean exists(Path path) {
    try {
      return system.exists(path);
    } catch (IOException unseen) {
      return false;
    }
  }
}
