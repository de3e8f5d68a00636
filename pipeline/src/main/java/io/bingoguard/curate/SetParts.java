package io.bingoguard.curate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The files of a set, {@code part-NUMBER-PLACE} and an ending, by the numbers of the corpus's files
 * whose records they hold.
 *
 * @param files where the set is
 * @param folder of the set
 * @param beside where {@link RecordWriter} writes first, a folder for each number
 */
record SetParts(FileSystem files, Path folder, Path beside) {
  private static final String NAME = "part-";
  private static final String PART = RecordWriter.PART + "=";

  /** Whether there is something beside. */
  boolean areWritten() {
    try {
      return !written().isEmpty();
    } catch (IOException e) {
      throw CurateErrors.outputUnusable(folder.toString(), e);
    }
  }

  /** Deletes the files of some numbers. */
  void delete(Set<Integer> numbers) {
    try {
      for (FileStatus file : listed(folder)) {
        if (numbers.contains(number(file.getPath().getName()))) {
          files.delete(file.getPath(), false);
        }
      }
    } catch (IOException e) {
      throw CurateErrors.outputUnusable(folder.toString(), e);
    }
  }

  /**
   * Adds what is beside.
   *
   * @param ending of the names
   */
  void add(String ending) {
    try {
      files.mkdirs(folder);
      for (Path part : written()) {
        int number = Integer.parseInt(part.getName().substring(PART.length()));
        int place = 0;
        for (FileStatus file : listed(part)) {
          Path target = new Path(folder, NAME + "%08d-%05d%s".formatted(number, place++, ending));
          if (!files.rename(file.getPath(), target)) {
            throw new IOException("%s could not be renamed".formatted(file.getPath()));
          }
        }
      }
    } catch (IOException e) {
      throw CurateErrors.outputUnusable(folder.toString(), e);
    }
  }

  /** Names and lengths of the files, in their order. */
  List<String> contents() {
    try {
      List<String> contents = new ArrayList<>();
      for (FileStatus file : listed(folder)) {
        contents.add(folder.getName() + "/" + file.getPath().getName() + " " + file.getLen());
      }
      return contents;
    } catch (IOException e) {
      throw CurateErrors.outputUnusable(folder.toString(), e);
    }
  }

  private List<Path> written() throws IOException {
    return files.exists(beside)
        ? Arrays.stream(files.listStatus(beside))
            .map(FileStatus::getPath)
            .filter(path -> path.getName().startsWith(PART))
            .toList()
        : List.of();
  }

  private List<FileStatus> listed(Path where) throws IOException {
    return files.exists(where)
        ? Arrays.stream(files.listStatus(where))
            .filter(file -> file.isFile() && file.getPath().getName().startsWith(NAME))
            .sorted()
            .toList()
        : List.of();
  }

  private static int number(String name) {
    String[] words = name.split("-", 3);
    return words.length == 3 && words[1].matches("\\d{1,9}") ? Integer.parseInt(words[1]) : -1;
  }
}
