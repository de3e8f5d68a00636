package io.bingoguard.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;
import org.apache.hadoop.fs.RemoteIterator;
import org.apache.spark.sql.SparkSession;

/**
 * The files of a corpus, as the file system shows them.
 *
 * @param format how they are stored
 * @param input the path as the user gave it
 * @param directory whether the input is a folder
 * @param filterNames whether only names of the format are to be read from the folder
 * @param folders where the corpus lies, and the columns that its folders give
 * @param leftOut visible files that are not read
 */
record CorpusFiles(
    CorpusFormat format,
    String input,
    boolean directory,
    boolean filterNames,
    PartitionFolders folders,
    LeftOut leftOut) {
  /**
   * Visible files that are not read.
   *
   * @param others number of those that are not of the format
   * @param repeated paths of links to files that are read under another name
   */
  record LeftOut(int others, List<String> repeated) {
    LeftOut {
      repeated = List.copyOf(repeated);
    }
  }

  /**
   * Finds the files of an input.
   *
   * @param passedOver files that are not looked into; gets the others that cannot be read
   */
  static CorpusFiles find(
      SparkSession spark, String input, Optional<CorpusFormat> wanted, PassedOver passedOver) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    try {
      Path path = ColonNames.path(input);
      FileSystem system = ColonNames.withoutChecksums(path.getFileSystem(configuration));
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
        return new CorpusFiles(
            CorpusFormat.DELTA,
            input,
            true,
            false,
            PartitionFolders.none(status.getPath()),
            new LeftOut(0, List.of()));
      }
      if (delta) {
        throw SourceErrors.sourceHoldsDelta(input, input);
      }
      return ofDirectory(system, status.getPath(), input, wanted, passedOver);
    } catch (FileNotFoundException missing) {
      throw SourceErrors.sourceNotFound(input);
    } catch (IOException | IllegalArgumentException unreadable) {
      throw SourceErrors.sourceUnreadable(input, unreadable);
    }
  }

  /**
   * The same of a single file, without Spark.
   *
   * @return empty for a folder, which is listed when Spark runs
   */
  static Optional<CorpusFiles> findFile(
      Configuration configuration, String input, Optional<CorpusFormat> wanted) {
    try {
      Path path = ColonNames.path(input);
      FileSystem system = ColonNames.withoutChecksums(path.getFileSystem(configuration));
      FileStatus status = system.getFileStatus(path);
      return status.isFile()
          ? Optional.of(ofFile(system, status, input, wanted))
          : Optional.empty();
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
    ContentCheck.refuse(system, format, List.of(file), PassedOver.none());
    return new CorpusFiles(
        format,
        input,
        false,
        false,
        PartitionFolders.none(file.getPath()),
        new LeftOut(0, List.of()));
  }

  private static CorpusFiles ofDirectory(
      FileSystem system,
      Path root,
      String input,
      Optional<CorpusFormat> wanted,
      PassedOver passedOver)
      throws IOException {
    List<FileStatus> visible = visibleFiles(system, root, input);
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
    List<FileStatus> data = data(visible, format, filterNames);
    List<FileStatus> repeated = repeated(system, root, input, data);
    int others = visible.size() - data.size();
    data.removeAll(repeated);
    refuseLostLinks(data, passedOver);
    ContentCheck.refuse(system, format, data, passedOver);
    return new CorpusFiles(
        format,
        input,
        true,
        filterNames,
        PartitionFolders.of(root, data.stream().map(DataFile::of).toList()),
        new LeftOut(others, repeated.stream().map(file -> file.getPath().toString()).toList()));
  }

  private static void refuseLostLinks(List<FileStatus> data, PassedOver passedOver) {
    data.stream()
        .filter(FileStatus::isSymlink)
        .map(file -> file.getPath().toString())
        .filter(path -> !passedOver.has(path))
        .forEach(path -> passedOver.add(SourceErrors.linkLost(path)));
  }

  /** Files that are others of the same folder under further names. */
  private static List<FileStatus> repeated(
      FileSystem system, Path root, String input, List<FileStatus> data) throws IOException {
    return system instanceof RawLocalFileSystem local
        ? new LocalFolder(input, local, root).repeated(data)
        : List.of();
  }

  /** Tables of all kinds keep their rows in Parquet files; text among them is not theirs. */
  private static void refuseTable(
      FileSystem system, CorpusFormat format, Path folder, String input) {
    if (format == CorpusFormat.PARQUET) {
      new ForeignTables(system, input).refuseWithin(folder);
    }
  }

  /** The qualified path of the corpus. */
  Path path() {
    return new Path(folders.root());
  }

  /** The data files as they are now, by name. */
  List<DataFile> list(Configuration configuration) {
    try {
      FileSystem system = ColonNames.withoutChecksums(path().getFileSystem(configuration));
      if (!directory) {
        return List.of(DataFile.of(system.getFileStatus(path())));
      }
      List<FileStatus> data = data(visibleFiles(system, path(), input), format, filterNames);
      data.removeAll(repeated(system, path(), input, data));
      return data.stream().map(DataFile::of).sorted(Comparator.comparing(DataFile::path)).toList();
    } catch (IOException unreadable) {
      throw SourceErrors.sourceUnreadable(input, unreadable);
    }
  }

  private static List<FileStatus> data(
      List<FileStatus> visible, CorpusFormat format, boolean filterNames) {
    List<FileStatus> data = new ArrayList<>();
    for (FileStatus file : visible) {
      Optional<CorpusFormat> told = CorpusFormat.ofFileName(file.getPath().getName());
      // What a link without a format led to may have been a folder of data.
      if (!filterNames
          || told.equals(Optional.of(format))
          || (told.isEmpty() && file.isSymlink())) {
        data.add(file);
      }
    }
    return data;
  }

  private static List<FileStatus> visibleFiles(FileSystem system, Path root, String input)
      throws IOException {
    List<FileStatus> visible = new ArrayList<>();
    ForeignTables tables = new ForeignTables(system, input);
    for (FileStatus file : filesBelow(system, root, input)) {
      List<String> names = namesBelow(root, file.getPath());
      tables.refuseBelow(names);
      if (names.stream().noneMatch(CorpusFiles::hidden)) {
        visible.add(file);
      }
    }
    return visible;
  }

  private static List<FileStatus> filesBelow(FileSystem system, Path folder, String input)
      throws IOException {
    if (system instanceof RawLocalFileSystem local) {
      // What listFiles gives has permissions, for which Hadoop starts a process for each file.
      return new LocalFolder(input, local, folder).files();
    }
    List<FileStatus> files = new ArrayList<>();
    // Object stores list all folders below at once.
    RemoteIterator<LocatedFileStatus> all = system.listFiles(folder, true);
    while (all.hasNext()) {
      files.add(all.next());
    }
    return files;
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
