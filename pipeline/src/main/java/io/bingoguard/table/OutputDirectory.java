package io.bingoguard.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * Where one output keeps its tables.
 *
 * @param root the directory, qualified with its file system
 */
public record OutputDirectory(String root) {
  private static final String LABELS = "labels";
  private static final String RUNS = "runs";
  private static final String CATEGORIES = "categories";
  private static final String FILES = "files";
  private static final String AUDIT_METRICS = "audit_metrics";
  private static final String AUDIT_DRIFT = "audit_drift";
  private static final String REVIEW_SAMPLE = "review_sample";
  private static final String REVIEWS = "reviews";
  private static final String REVIEW_ESTIMATES = "review_estimates";
  private static final String LEASE = "lease.json";
  private static final Set<String> OURS =
      Set.of(
          LABELS,
          RUNS,
          CATEGORIES,
          FILES,
          AUDIT_METRICS,
          AUDIT_DRIFT,
          REVIEW_SAMPLE,
          REVIEWS,
          REVIEW_ESTIMATES,
          LEASE);

  public OutputDirectory {
    Objects.requireNonNull(root, "root");
  }

  /**
   * Looks at {@code location} and changes nothing. A path that does not exist, an empty directory
   * and the output of an earlier run are accepted.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE or OUTPUT_UNREADABLE
   */
  public static OutputDirectory open(String location, Configuration hadoop) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(hadoop);
      Path qualified = files.makeQualified(path);
      if (qualified.toUri().getPath().contains(":")) {
        throw TableErrors.outputHasColon(qualified.toString());
      }
      refuseOtherThings(files, qualified);
      return new OutputDirectory(qualified.toString());
    } catch (IOException | IllegalArgumentException e) {
      throw TableErrors.outputUnreadable(location, e);
    }
  }

  /**
   * The same, of an output that an earlier run has made.
   *
   * @throws io.bingoguard.guard.GuardException as {@link #open}, and OUTPUT_MISSING
   */
  public static OutputDirectory existing(String location, Configuration hadoop) {
    OutputDirectory output = open(location, hadoop);
    try {
      Path root = new Path(output.root());
      FileSystem files = root.getFileSystem(hadoop);
      for (String table : List.of(LABELS, FILES, RUNS)) {
        if (files.exists(new Path(root, table))) {
          return output;
        }
      }
    } catch (IOException e) {
      throw TableErrors.outputUnreadable(location, e);
    }
    throw TableErrors.outputMissing(output.root());
  }

  private static void refuseOtherThings(FileSystem files, Path root) throws IOException {
    List<String> names;
    try {
      if (files.getFileStatus(root).isFile()) {
        throw TableErrors.outputIsFile(root.toString());
      }
      names = names(files.listStatus(root));
    } catch (FileNotFoundException e) {
      refuseBelowFile(files, root);
      return;
    }
    boolean earlierRun = files.exists(new Path(root, LABELS + "/_delta_log"));
    if (!earlierRun && !OURS.containsAll(names)) {
      throw TableErrors.outputHoldsOtherThings(root.toString(), names.stream().limit(5).toList());
    }
  }

  private static List<String> names(FileStatus[] entries) {
    return Arrays.stream(entries).map(entry -> entry.getPath().getName()).sorted().toList();
  }

  private static void refuseBelowFile(FileSystem files, Path root) throws IOException {
    Path above = root.getParent();
    while (above != null && !files.exists(above)) {
      above = above.getParent();
    }
    if (above != null && files.getFileStatus(above).isFile()) {
      throw TableErrors.outputIsFile(above.toString());
    }
  }

  public String labels() {
    return root + "/" + LABELS;
  }

  public String runs() {
    return root + "/" + RUNS;
  }

  public String categories() {
    return root + "/" + CATEGORIES;
  }

  public String files() {
    return root + "/" + FILES;
  }

  public String auditMetrics() {
    return root + "/" + AUDIT_METRICS;
  }

  public String auditDrift() {
    return root + "/" + AUDIT_DRIFT;
  }

  public String reviewSample() {
    return root + "/" + REVIEW_SAMPLE;
  }

  public String reviews() {
    return root + "/" + REVIEWS;
  }

  public String reviewEstimates() {
    return root + "/" + REVIEW_ESTIMATES;
  }

  /** The file that tells which run writes here. */
  public String lease() {
    return root + "/" + LEASE;
  }
}
