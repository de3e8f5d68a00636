package io.bingoguard.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.Action;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.delta.actions.CommitInfo;
import org.apache.spark.sql.delta.actions.DeletionVectorDescriptor;
import org.apache.spark.sql.delta.actions.RemoveFile;
import org.apache.spark.sql.types.StructType;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;
import scala.Tuple2;
import scala.collection.Iterator;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The files of a Delta table in one of its versions. A file of a table never changes: rows that are
 * changed or deleted are those of another file, or of the same with another deletion vector.
 */
final class DeltaFiles {
  private static final Logger LOG = LoggerFactory.getLogger(DeltaFiles.class);

  private final DeltaLog log;
  private final Snapshot snapshot;
  private final Map<String, AddFile> files = new LinkedHashMap<>();

  private DeltaFiles(DeltaLog log, Snapshot snapshot) {
    this.log = log;
    this.snapshot = snapshot;
    AddFile[] all = (AddFile[]) snapshot.allFiles().collect();
    Arrays.sort(
        all, Comparator.comparingLong(AddFile::modificationTime).thenComparing(AddFile::path));
    for (AddFile file : all) {
      files.put(name(file), file);
    }
  }

  /** The files of the table's newest version. */
  static DeltaFiles newest(SparkSession session, String path) {
    Tuple2<DeltaLog, Snapshot> found = DeltaLog.forTableWithSnapshot(session, path);
    return new DeltaFiles(found._1(), found._2());
  }

  /** The table's columns in this version. */
  StructType columns() {
    return snapshot.schema();
  }

  /** Its columns in an earlier version; empty where this is none, or the log no longer tells. */
  Optional<StructType> columnsIn(long version) {
    if (version >= snapshot.version()) {
      return Optional.empty();
    }
    try {
      return Optional.of(log.getSnapshotAt(version, Option.empty(), Option.empty()).schema());
    } catch (Exception forgotten) {
      // Delta's errors are checked exceptions that its methods do not declare.
      LOG.warn(
          "The log of {} no longer tells the columns that the table had in version {}, so whether"
              + " one that was read has been renamed since cannot be known",
          log.dataPath(),
          version,
          forgotten);
      return Optional.empty();
    }
  }

  /** Oldest first. */
  List<DataFile> list() {
    return files.entrySet().stream()
        .map(
            file ->
                new DataFile(
                    file.getKey(), file.getValue().size(), file.getValue().modificationTime()))
        .toList();
  }

  /**
   * The rows of some of the files.
   *
   * @param session whose settings count where the rows are read or written
   */
  Dataset<Row> rows(SparkSession session, List<DataFile> wanted) {
    List<AddFile> added = wanted.stream().map(file -> files.get(file.path())).toList();
    SparkSession active = SparkSession.active();
    // Delta takes the session that is active.
    SparkSession.setActiveSession(session);
    try {
      return log.createDataFrame(
          snapshot, JavaConverters.asScalaBuffer(added).toSeq(), false, Option.empty());
    } finally {
      SparkSession.setActiveSession(active);
    }
  }

  /**
   * What happened to the table.
   *
   * @param since version that was looked at last; without it only this version is told
   */
  SourceChanges changes(OptionalLong since) {
    Map<String, Arrival> arrivals = new HashMap<>();
    Set<String> reorganized = new HashSet<>();
    List<String> rewrites = new ArrayList<>();
    if (since.isPresent() && since.getAsLong() < snapshot.version()) {
      Iterator<Tuple2<Object, Seq<Action>>> commits = log.getChanges(since.getAsLong() + 1, false);
      while (commits.hasNext()) {
        Tuple2<Object, Seq<Action>> commit = commits.next();
        List<Action> actions = JavaConverters.seqAsJavaList(commit._2());
        add((long) commit._1(), actions, arrivals, rewrites);
        for (Action action : actions) {
          if (action instanceof RemoveFile removed && !removed.dataChange()) {
            reorganized.add(name(removed.path(), removed.deletionVector()));
          }
        }
      }
    }
    return new SourceChanges(OptionalLong.of(snapshot.version()), arrivals, reorganized, rewrites);
  }

  private void add(
      long version, List<Action> actions, Map<String, Arrival> arrivals, List<String> rewrites) {
    boolean rewritten = actions.stream().anyMatch(DeltaFiles::rewrites);
    String operation = "";
    for (Action action : actions) {
      if (action instanceof AddFile added) {
        arrivals.put(
            name(added),
            !added.dataChange()
                ? Arrival.REORGANIZED
                : rewritten ? Arrival.REWRITTEN : Arrival.ADDED);
      } else if (action instanceof CommitInfo info) {
        operation = " " + info.operation();
      }
    }
    if (rewritten) {
      rewrites.add(version + operation);
    }
  }

  /** What RESTORE brings back may be labelled, even where it takes nothing away. */
  private static boolean rewrites(Action action) {
    return (action instanceof RemoveFile removed && removed.dataChange())
        || (action instanceof CommitInfo info && info.operation().equals("RESTORE"));
  }

  private String name(AddFile file) {
    return name(file.path(), file.deletionVector());
  }

  private String name(String file, DeletionVectorDescriptor deleted) {
    String path = new Path(log.dataPath(), file).toString();
    return deleted == null ? path : path + "#" + deleted.uniqueId();
  }
}
