package io.bingoguard.source;

import io.bingoguard.guard.GuardException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Why the columns of Parquet files cannot be put together to be written again as they are. */
final class MergedColumns {
  /** The first file that has a column, as far as was looked, and how. */
  private record First(DataFile file, StructField field) {}

  private MergedColumns() {}

  /** CURATE_INPUT_UNSUITED for the first column that stands in the way, if any does. */
  static Optional<GuardException> refusal(Map<DataFile, FileHead> heads) {
    Map<String, First> known = new LinkedHashMap<>();
    for (var head : heads.entrySet()) {
      DataFile file = head.getKey();
      Optional<String> adapted = head.getValue().adapted().stream().sorted().findFirst();
      if (adapted.isPresent()) {
        return Optional.of(SourceErrors.columnAdapted(file.path(), adapted.get()));
      }
      for (StructField field : head.getValue().columns().fields()) {
        First first = known.computeIfAbsent(field.name(), name -> new First(file, field));
        if (!fit(first.field(), field)) {
          return Optional.of(
              SourceErrors.columnsNotMerged(
                  field.name(),
                  first.file().path(),
                  first.field().dataType().sql(),
                  file.path(),
                  field.dataType().sql()));
        }
      }
    }
    return Optional.empty();
  }

  private static boolean fit(StructField first, StructField second) {
    try {
      var unused = new StructType().add(first).merge(new StructType().add(second), true);
      return true;
    } catch (Exception different) {
      // Spark's errors are checked exceptions that its methods do not declare.
      return false;
    }
  }
}
