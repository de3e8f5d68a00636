package io.bingoguard.label;

import io.bingoguard.source.Arrival;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.DataFile;
import io.bingoguard.source.SourceChanges;
import io.bingoguard.table.FileState;
import io.bingoguard.table.InputFiles;
import io.bingoguard.table.KnownFiles;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds out which files of an input are new, changed, or gone. */
final class FileSelector {
  private final Corpus corpus;
  private final KnownFiles known;
  private final InputPolicy policy;
  private final boolean uncertain;

  private final List<DataFile> fresh = new ArrayList<>();
  private final List<DataFile> compared = new ArrayList<>();
  private final List<DataFile> reorganized = new ArrayList<>();
  private final List<DataFile> ignored = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private Optional<SourceChanges> sinceFirst = Optional.empty();

  /**
   * A selector.
   *
   * @param uncertain whether rows of the corpus may be labelled that no known file has
   */
  FileSelector(Corpus corpus, KnownFiles known, InputPolicy policy, boolean uncertain) {
    this.corpus = corpus;
    this.known = known;
    this.policy = policy;
    this.uncertain = uncertain;
  }

  /**
   * Looks at the files as they are now.
   *
   * @throws io.bingoguard.guard.GuardException SOURCE_CHANGED where changes are refused
   */
  FileSelection select() {
    List<DataFile> files = corpus.files();
    SourceChanges table = corpus.changes(known.version());
    for (DataFile file : files) {
      add(file, table);
    }
    refuseChanges(table);
    InputFiles read =
        new InputFiles(corpus.path(), corpus.textLayout(), table.version(), List.of());
    List<String> gone = gone(files, table);
    if (!corpus.divisible()) {
      boolean nothing = fresh.isEmpty() && compared.isEmpty() && gone.isEmpty();
      return selection(read, List.of(), nothing ? List.of() : files, files, gone, table);
    }
    return selection(read, fresh, compared, files, gone, table);
  }

  private FileSelection selection(
      InputFiles read,
      List<DataFile> whole,
      List<DataFile> inPart,
      List<DataFile> files,
      List<String> gone,
      SourceChanges table) {
    return new FileSelection(
        read, files, whole, inPart, reorganized, ignored, changed, gone, table.rewrites());
  }

  private void add(DataFile file, SourceChanges table) {
    Optional<FileState> state = known.state(corpus.textLayout(), file.path());
    if (state.isPresent()) {
      addKnown(file, state.get());
    } else if (table.version().isEmpty()) {
      fresh.add(file);
    } else if (known.version().isEmpty()) {
      // Labels of its rows cannot be told by the files that they are of.
      (uncertain ? compared : fresh).add(file);
    } else {
      addArrived(file, table);
    }
  }

  private void addKnown(DataFile file, FileState state) {
    if (state.bytes().isEmpty()) {
      compared.add(file);
    } else if (state.bytes().getAsLong() != file.length()
        || state.modified().orElse(file.modified()) != file.modified()) {
      changed.add(file.path());
      if (policy.changedFiles() == OnChange.LABEL) {
        compared.add(file);
      }
    }
  }

  /** The log of a table may no longer tell. */
  private void addArrived(DataFile file, SourceChanges table) {
    Optional<Arrival> arrival = table.arrival(file.path()).or(() -> leftArrival(file, table));
    switch (arrival.orElse(Arrival.REWRITTEN)) {
      case ADDED -> (uncertain ? compared : fresh).add(file);
      case REORGANIZED -> (allKnown(table.reorganized()) ? reorganized : compared).add(file);
      case REWRITTEN -> {
        boolean asked = arrival.isPresent() && policy.changedTables() == OnChange.IGNORE;
        (asked ? ignored : compared).add(file);
      }
    }
  }

  /** How a file came that a run has left which was ended: to the first run all files were new. */
  private Optional<Arrival> leftArrival(DataFile file, SourceChanges table) {
    if (table.version().equals(known.firstVersion())) {
      return Optional.of(Arrival.ADDED);
    }
    if (sinceFirst.isEmpty()) {
      sinceFirst = Optional.of(corpus.changes(known.firstVersion()));
    }
    return sinceFirst.get().arrival(file.path()).filter(Arrival.ADDED::equals);
  }

  /** Rows may have been reorganized before they were read. */
  private boolean allKnown(Set<String> paths) {
    return paths.stream().allMatch(path -> known.state(corpus.textLayout(), path).isPresent());
  }

  private void refuseChanges(SourceChanges table) {
    if (policy.changedFiles() == OnChange.FAIL && !changed.isEmpty()) {
      throw LabelErrors.filesChanged(corpus.input(), changed);
    }
    if (policy.changedTables() == OnChange.FAIL && !table.rewrites().isEmpty()) {
      throw LabelErrors.tableRewritten(corpus.input(), table.rewrites());
    }
  }

  private List<String> gone(List<DataFile> files, SourceChanges table) {
    if (table.version().isPresent()) {
      return List.of();
    }
    Set<String> there = files.stream().map(DataFile::path).collect(Collectors.toSet());
    String layout = corpus.textLayout();
    Stream<String> unread =
        known.pathsOfLabels().stream()
            // It may belong to another reading of the input.
            .filter(path -> !known.isGone(layout, path) && !there.contains(path))
            .filter(path -> !path.isEmpty() && !corpus.exists(path));
    return Stream.concat(known.paths(layout).stream().filter(path -> !there.contains(path)), unread)
        .distinct()
        .sorted()
        .toList();
  }
}
