package io.bingoguard.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Files that have the same of the wanted columns by the same types, so that Spark can read them at
 * once.
 *
 * @param columns the columns of the files that are read, by the names that are wanted
 * @param paths the files
 */
record FileGroup(Map<String, StructField> columns, List<String> paths) {
  FileGroup {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
    paths = List.copyOf(paths);
  }

  /**
   * Groups files, in their order.
   *
   * @param wanted names of columns; what a file has not under such a name, it may have under one
   *     that differs in upper and lower case only
   */
  static List<FileGroup> of(Map<DataFile, FileHead> heads, List<String> wanted) {
    Map<StructType, Map<String, StructField>> picked = new LinkedHashMap<>();
    Map<Map<String, StructField>, List<String>> groups = new LinkedHashMap<>();
    heads.forEach(
        (file, head) -> {
          requireReadable(file, head, wanted);
          Map<String, StructField> columns =
              picked.computeIfAbsent(head.columns(), schema -> pick(schema, wanted));
          groups.computeIfAbsent(columns, key -> new ArrayList<>()).add(file.path());
        });
    List<FileGroup> list = new ArrayList<>();
    groups.forEach((columns, paths) -> list.add(new FileGroup(columns, paths)));
    return list;
  }

  private static void requireReadable(DataFile file, FileHead head, List<String> wanted) {
    for (String column : wanted) {
      if (head.unreadable().contains(column)) {
        throw SourceErrors.fileColumnUnreadable(file.path(), column);
      }
    }
  }

  private static Map<String, StructField> pick(StructType schema, List<String> wanted) {
    Map<String, StructField> columns = new LinkedHashMap<>();
    for (String name : wanted) {
      Optional<StructField> field = CorpusColumns.field(schema, name);
      field.ifPresent(found -> columns.put(name, found));
    }
    return columns;
  }

  /** The schema by which the files are opened: each column once, by the files' own names. */
  StructType own() {
    return new StructType(columns.values().stream().distinct().toArray(StructField[]::new));
  }

  /** The schema of the rows that are read: a column for each wanted one that there is. */
  StructType read() {
    StructType schema = new StructType();
    for (Map.Entry<String, StructField> column : columns.entrySet()) {
      StructField field = column.getValue();
      schema =
          schema.add(new StructField(column.getKey(), field.dataType(), true, field.metadata()));
    }
    return schema;
  }
}
