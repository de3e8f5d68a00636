package io.bingoguard.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
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
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.SparkSession;

/**
 * The files of a corpus, as the file system shows them.
 *
 * @param format how they are stored
 * @param input the path as the user gave it
 * @param directory whether the input is a folder
 * @param filterNames whether only names of the format are to be read from the folder
 * @param folders where the corpus lies, and the columns that its folders give
 * @param bytes total size of the data files; 0 for Delta
 * @param leftOut number of visible files of no known format
 */
record CorpusFiles(
    CorpusFormat format,
    String input,
    boolean directory,
    boolean filterNames,
    PartitionFolders folders,
    long bytes,
    int leftOut) {
  private static final int FILES_LOOKED_INTO = 100;
  private static final String DELTA_LOG = "_delta_log";

  static CorpusFiles find(SparkSession spark, String input, Optional<CorpusFormat> wanted) {
    Configuration configuration = spark.sessionState().newHadoopConf();
    try {
      Path path = ColonNames.path(input);
      FileSystem system = ColonNames.withoutChecksums(path.getFileSystem(configuration));
      FileStatus status = system.getFileStatus(path);
      if (status.isFile()) {
        return ofFile(system, status, input, wanted);
      }
      boolean delta = system.exists(new Path(path, DELTA_LOG));
      if (wanted.isEmpty() ? delta : wanted.get() == CorpusFormat.DELTA) {
        if (!delta) {
          throw SourceErrors.sourceNotDelta(input);
        }
        return new CorpusFiles(
            CorpusFormat.DELTA, input, true, false, PartitionFolders.none(status.getPath()), 0, 0);
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
    CorpusFormat format =
        wanted
            .or(() -> CorpusFormat.ofFileName(name))
            .orElseThrow(() -> SourceErrors.sourceFormatUnknown(input, List.of(name)));
    refuseJsonArrays(system, format, List.of(file.getPath()));
    return new CorpusFiles(
        format, input, false, false, PartitionFolders.none(file.getPath()), file.getLen(), 0);
  }

  private static CorpusFiles ofDirectory(
      FileSystem system, Path root, String input, Optional<CorpusFormat> wanted)
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
      throw SourceErrors.sourceFormatUnknown(
          input, visible.stream().map(file -> file.getPath().getName()).toList());
    }
    CorpusFormat format = found.get();
    // A format that no name shows was given by the user for all files there are.
    boolean filterNames = formats.contains(format);
    List<FileStatus> data = data(visible, format, filterNames);
    refuseJsonArrays(system, format, data.stream().map(FileStatus::getPath).toList());
    return new CorpusFiles(
        format,
        input,
        true,
        filterNames,
        PartitionFolders.of(root, data.stream().map(DataFile::of).toList()),
        data.stream().mapToLong(FileStatus::getLen).sum(),
        visible.size() - data.size());
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
      return data(visibleFiles(system, path(), input), format, filterNames).stream()
          .map(DataFile::of)
          .sorted(Comparator.comparing(DataFile::path))
          .toList();
    } catch (IOException unreadable) {
      throw SourceErrors.sourceUnreadable(input, unreadable);
    }
  }

  private static List<FileStatus> data(
      List<FileStatus> visible, CorpusFormat format, boolean filterNames) {
    return visible.stream()
        .filter(
            file ->
                !filterNames
                    || CorpusFormat.ofFileName(file.getPath().getName())
                        .equals(Optional.of(format)))
        .toList();
  }

  private static List<FileStatus> visibleFiles(FileSystem system, Path root, String input)
      throws IOException {
    List<FileStatus> visible = new ArrayList<>();
    for (FileStatus file : filesBelow(system, root)) {
      List<String> names = namesBelow(root, file.getPath());
      int log = names.indexOf(DELTA_LOG);
      if (log > 0) {
        throw SourceErrors.sourceHoldsDelta(input, String.join("/", names.subList(0, log)));
      }
      if (names.stream().noneMatch(CorpusFiles::hidden)) {
        visible.add(file);
      }
    }
    return visible;
  }

  private static List<FileStatus> filesBelow(FileSystem system, Path folder) throws IOException {
    List<FileStatus> files = new ArrayList<>();
    if (system instanceof RawLocalFileSystem) {
      // What listFiles gives has permissions, for which Hadoop starts a process for each file.
      for (FileStatus status : system.listStatus(folder)) {
        files.addAll(status.isDirectory() ? filesBelow(system, status.getPath()) : List.of(status));
      }
    } else {
      // Object stores list all folders below at once.
      RemoteIterator<LocatedFileStatus> all = system.listFiles(folder, true);
      while (all.hasNext()) {
        files.add(all.next());
      }
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

  private static void refuseJsonArrays(FileSystem system, CorpusFormat format, List<Path> files)
      throws IOException {
    if (format != CorpusFormat.JSON_LINES) {
      return;
    }
    CompressionCodecFactory codecs = new CompressionCodecFactory(system.getConf());
    for (Path file : files.subList(0, Math.min(FILES_LOOKED_INTO, files.size()))) {
      CompressionCodec codec = codecs.getCodec(file);
      try (InputStream raw = system.open(file);
          InputStream text = codec == null ? raw : codec.createInputStream(raw)) {
        if (firstVisibleByte(text) == '[') {
          throw SourceErrors.sourceJsonArray(file.toString());
        }
      }
    }
  }

  private static int firstVisibleByte(InputStream text) throws IOException {
    byte[] head = text.readNBytes(4096);
    for (byte letter : head) {
      // Bytes of a byte order mark are negative; JSON's own white space is at most a blank.
      if (letter > ' ') {
        return letter;
      }
    }
    return -1;
  }
}
