package io.bingoguard.curate;

import io.bingoguard.guard.Sha256;
import io.bingoguard.table.OutputDirectory;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where curated records go. All of it is written beside first and put in its place when it is
 * whole; the report, which says so, is taken away before that and comes last.
 */
final class CuratedOutput {
  static final String KEPT = "kept";
  static final String REMOVED = "removed";
  static final String REASONS = "reasons";
  static final String FILES = "files";
  private static final String REPORT = "curation.json";
  private static final String BESIDE = "_next";

  /** The sets. */
  static final List<String> SETS = List.of(KEPT, REMOVED);

  private static final Set<String> OURS =
      Set.of(KEPT, REMOVED, REASONS, FILES, REPORT, BESIDE, "lease.json");

  private final FileSystem files;
  private final Path root;

  private CuratedOutput(FileSystem files, Path root) {
    this.files = files;
    this.root = root;
  }

  /**
   * Looks at a path and changes nothing.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE or OUTPUT_UNREADABLE
   */
  static CuratedOutput open(String location, Configuration hadoop) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(hadoop);
      Path root = files.makeQualified(path);
      if (files.exists(root)) {
        List<String> foreign =
            Arrays.stream(files.listStatus(root))
                .map(FileStatus::getPath)
                .map(Path::getName)
                .filter(name -> !OURS.contains(name))
                .sorted()
                .limit(5)
                .toList();
        if (!foreign.isEmpty()) {
          throw CurateErrors.outputHoldsOtherThings(root.toString(), foreign);
        }
      }
      return new CuratedOutput(files, root);
    } catch (IOException | IllegalArgumentException e) {
      throw CurateErrors.outputUnusable(location, e);
    }
  }

  /** The same place, for the lease that keeps others out. */
  OutputDirectory directory() {
    return new OutputDirectory(root.toString());
  }

  /** Where a set is when all is done. */
  String folder(String set) {
    return new Path(root, set).toString();
  }

  /** Where a set is written at first. */
  String beside(String set) {
    return new Path(new Path(root, BESIDE), set).toString();
  }

  /** Whether a run has left something, whole or not. */
  boolean holdsSets() {
    try {
      return files.exists(new Path(root, KEPT));
    } catch (IOException e) {
      throw CurateErrors.outputUnusable(root.toString(), e);
    }
  }

  /** What the last run reported; empty where none has ended well. */
  Optional<String> report() {
    try {
      Path report = new Path(root, REPORT);
      if (!files.exists(report)) {
        return Optional.empty();
      }
      try (InputStream in = files.open(report)) {
        return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (IOException e) {
      throw CurateErrors.outputUnusable(root.toString(), e);
    }
  }

  /** Removes what is beside. */
  void clear() {
    delete(BESIDE);
  }

  /** Removes what is beside for a set. */
  void clear(String set) {
    delete(BESIDE + "/" + set);
  }

  /** The files of a set that is no table. */
  SetParts parts(String set) {
    return new SetParts(files, new Path(folder(set)), new Path(beside(set)));
  }

  /** Digest of the names and lengths of the files of both sets; of tables, of nothing. */
  String contents() {
    List<String> contents = new ArrayList<>();
    SETS.forEach(set -> contents.addAll(parts(set).contents()));
    return Sha256.of(contents);
  }

  /** Says that what is there is not whole. */
  void begin() {
    delete(REPORT);
  }

  /** Puts a folder that is beside in the place of what an earlier run made. */
  void replace(String set) {
    delete(set);
    try {
      if (!files.rename(new Path(beside(set)), new Path(root, set))) {
        throw new IOException("%s could not be renamed".formatted(beside(set)));
      }
    } catch (IOException e) {
      throw CurateErrors.outputUnusable(root.toString(), e);
    }
  }

  /** Deletes what has a name. */
  void delete(String name) {
    try {
      files.delete(new Path(root, name), true);
    } catch (IOException e) {
      throw CurateErrors.outputUnusable(root.toString(), e);
    }
  }

  /** Says that all is whole. */
  void complete(String report) {
    try (OutputStream out = files.create(new Path(root, REPORT))) {
      out.write(report.getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw CurateErrors.outputUnusable(root.toString(), e);
    }
    clear();
  }

  @Override
  public String toString() {
    return root.toString();
  }
}
