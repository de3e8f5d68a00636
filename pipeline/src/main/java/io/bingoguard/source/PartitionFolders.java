package io.bingoguard.source;

import java.io.Serializable;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.catalyst.catalog.ExternalCatalogUtils;

/**
 * The columns that folders named {@code key=value} give to the files below, as Hive writes them:
 * special characters escaped, and a name of its own for null. Values are text: 0007 is not 7.
 *
 * @param root qualified path of the corpus; folders above it give no columns
 * @param keys names of the columns, in the order in which they were found
 */
record PartitionFolders(String root, List<String> keys) implements Serializable {
  PartitionFolders {
    Objects.requireNonNull(root, "root");
    keys = List.copyOf(keys);
  }

  /** No columns for what lies at a path. */
  static PartitionFolders none(Path root) {
    return new PartitionFolders(root.toString(), List.of());
  }

  static PartitionFolders of(Path root, List<DataFile> files) {
    Set<String> keys = new LinkedHashSet<>();
    files.forEach(file -> keys.addAll(values(root, new Path(file.path())).keySet()));
    return new PartitionFolders(root.toString(), List.copyOf(keys));
  }

  /**
   * The values for a file; null where the folder's name says so.
   *
   * @param file the file's path as Spark's {@code _metadata.file_path} has it, encoded as a URI
   */
  Map<String, Object> values(String file) {
    return values(new Path(root), new Path(URI.create(file)));
  }

  private static Map<String, Object> values(Path root, Path file) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (String folder : foldersBelow(root, file)) {
      int equals = folder.indexOf('=');
      if (equals > 0) {
        String value = ExternalCatalogUtils.unescapePathName(folder.substring(equals + 1));
        values.put(
            ExternalCatalogUtils.unescapePathName(folder.substring(0, equals)),
            value.equals(ExternalCatalogUtils.DEFAULT_PARTITION_NAME()) ? null : value);
      }
    }
    return values;
  }

  private static List<String> foldersBelow(Path root, Path file) {
    List<String> folders = new ArrayList<>();
    Path folder = file.getParent();
    for (; folder != null && folder.depth() > root.depth(); folder = folder.getParent()) {
      folders.add(0, folder.getName());
    }
    return folders;
  }
}
