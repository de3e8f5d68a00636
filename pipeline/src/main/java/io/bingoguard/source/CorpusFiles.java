package io.bingoguard.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;

/**
 * The files of a corpus, as the file system shows them.
 *
 * @param format how they are stored
 * @param input the path as the user gave it
 * @param directory whether the input is a folder
 * @param filterNames whether only names of the format are to be read from the folder
 * @param nested whether to look for files in all folders below; false where folders are partitions
 * @param bytes total size of the data files; 0 for Delta
 * @param leftOut number of visible files of no known format
 */
record CorpusFiles(
    CorpusFormat format,
    String input,
    boolean directory,
    boolean filterNames,
    boolean nested,
    long bytes,
    int leftOut) {
  static CorpusFiles find(SparkSession spark, String input, Optional<CorpusFormat> wanted) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    try {
      Path path = new Path(input);
      FileSystem system = path.getFileSystem(configuration);
      FileStatus status = system.getFileStatus(path);
      if (status.isFile()) {
        return ofFile(system, status, input, wanted);
      }
      boolean delta = system.exists(new Path(path, ForeignTables.DELTA_LOG));
      if (wanted.isEmpty() ? delta : wanted.get() == CorpusFormat.DELTA) {
        if (!delta) {
          new ForeignTables(system, input).refuseWithin(status.getPath());
          throw SourceErrors.sourceNotDelta(input);
        }
        return new CorpusFiles(CorpusFormat.DELTA, input, true, false, false, 0, 0);
      }
      if (delta) {
        throw SourceErrors.sourceHoldsDelta(input, input);
      }
      return ofDirectory(system, status.getPath(), input, wanted);
    } catch (FileNotFoundException missing) {
      throw SourceErrors.sourceNotFound(input);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw SourceErrors.sourceUnreadable(input, unreadable);
    }
  }

  private static CorpusFiles ofFile(
      FileSystem system, FileStatus file, String input, Optional<CorpusFormat> wanted)
      throws IOException {
    String name = file.getPath().getName();
    if (hidden(name)) {
      throw SourceErrors.sourceHidden(input);
    }
    if (wanted.equals(Optional.of(CorpusFormat.DELTA))) {
      throw SourceErrors.sourceNotDelta(input);
    }
    Optional<CorpusFormat> told = wanted.or(() -> CorpusFormat.ofFileName(name));
    if (told.isEmpty()) {
      ContentCheck.refuseNames(input, List.of(name));
    }
    CorpusFormat format =
        told.orElseThrow(() -> SourceErrors.sourceFormatUnknown(input, List.of(name)));
    refuseTable(system, format, file.getPath().getParent(), input);
    ContentCheck.refuse(system, format, List.of(file));
    return new CorpusFiles(format, input, false, false, false, file.getLen(), 0);
  }

  private static CorpusFiles ofDirectory(
      FileSystem system, Path root, String input, Optional<CorpusFormat> wanted)
      throws IOException {
    List<LocatedFileStatus> visible = visibleFiles(system, root, input);
    Set<CorpusFormat> formats = new TreeSet<>();
    visible.forEach(
        file -> CorpusFormat.ofFileName(file.getPath().getName()).ifPresent(formats::add));
    if (wanted.isEmpty() && formats.size() > 1) {
      throw SourceErrors.sourceFormatMixed(
          input, formats.stream().map(CorpusFormat::title).toList());
    }
    Optional<CorpusFormat> found = wanted.or(() -> formats.stream().findFirst());
    if (visible.isEmpty() || found.isEmpty()) {
      List<String> names = visible.stream().map(file -> file.getPath().getName()).toList();
      ContentCheck.refuseNames(input, names);
      throw SourceErrors.sourceFormatUnknown(input, names);
    }
    CorpusFormat format = found.get();
    refuseTable(system, format, root, input);
    // A format that no name shows was given by the user for all files there are.
    boolean filterNames = formats.contains(format);
    List<LocatedFileStatus> data =
        visible.stream()
            .filter(
                file ->
                    !filterNames
                        || CorpusFormat.ofFileName(file.getPath().getName())
                            .equals(Optional.of(format)))
            .toList();
    List<Path> paths = data.stream().map(FileStatus::getPath).toList();
    ContentCheck.refuse(system, format, data);
    return new CorpusFiles(
        format,
        input,
        true,
        filterNames,
        nested(format, root, paths),
        data.stream().mapToLong(FileStatus::getLen).sum(),
        visible.size() - data.size());
  }

  /** Tables of all kinds keep their rows in Parquet files; text among them is not theirs. */
  private static void refuseTable(
      FileSystem system, CorpusFormat format, Path folder, String input) {
    if (format == CorpusFormat.PARQUET) {
      new ForeignTables(system, input).refuseWithin(folder);
    }
  }

  private static List<LocatedFileStatus> visibleFiles(FileSystem system, Path root, String input)
      throws IOException {
    List<LocatedFileStatus> visible = new ArrayList<>();
    ForeignTables tables = new ForeignTables(system, input);
    RemoteIterator<LocatedFileStatus> files = system.listFiles(root, true);
    while (files.hasNext()) {
      LocatedFileStatus file = files.next();
      List<String> names = namesBelow(root, file.getPath());
      tables.refuseBelow(names);
      if (names.stream().noneMatch(CorpusFiles::hidden)) {
        visible.add(file);
      }
    }
    return visible;
  }

  /**
   * Spark looks into subfolders only when they are {@code key=value} partitions or when it is told
   * to look into all of them. Partition columns exist for Parquet; other records are complete.
   */
  private static boolean nested(CorpusFormat format, Path root, List<Path> files) {
    Set<List<String>> partitionings = new HashSet<>();
    boolean partitioned = true;
    for (Path file : files) {
      List<String> names = namesBelow(root, file);
      List<String> folders = names.subList(0, names.size() - 1);
      partitioned &= folders.stream().allMatch(folder -> folder.indexOf('=') > 0);
      partitionings.add(
          folders.stream()
              .map(folder -> folder.substring(0, Math.max(0, folder.indexOf('='))))
              .toList());
    }
    boolean flat = partitionings.equals(Set.of(List.of()));
    return !flat && (format != CorpusFormat.PARQUET || !partitioned || partitionings.size() > 1);
  }

  private static List<String> namesBelow(Path root, Path file) {
    List<String> names = new ArrayList<>();
    for (Path path = file; path != null && path.depth() > root.depth(); path = path.getParent()) {
      names.add(0, path.getName());
    }
    return names;
  }

  /** The names that Spark's own listing passes over without a word. */
  private static boolean hidden(String name) {
    return (name.startsWith("_") && !name.contains("="))
        || name.startsWith(".")
        || name.endsWith("._COPYING_");
  }
}
