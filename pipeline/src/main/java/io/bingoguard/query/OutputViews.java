package io.bingoguard.query;

import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;

import io.bingoguard.table.LabelHistory;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.OutputTables;
import java.sql.Timestamp;
import java.time.ZoneOffset;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Temporary views over the tables of an output, in a session of their own. Only those are made that
 * a query names, since opening a table takes its time.
 */
final class OutputViews {
  /** The tables, each with the command that writes it into an output. */
  private static final Map<String, String> TABLES = tables();

  /** Of {@code conf/sql}. */
  private static final List<String> VIEWS =
      List.of("current_labels", "conversations", "category_counts");

  private static final String CHANGES = "changes";
  private static final Pattern COMMENT = Pattern.compile("(?m)^\\s*--.*$");

  private final SparkSession session;
  private final OutputDirectory output;
  private final OutputTables tables;
  private final Optional<Since> asked;
  private final Set<String> made = new HashSet<>();
  private Optional<String> missing = Optional.empty();
  private Optional<Since> since = Optional.empty();

  /**
   * Of an output.
   *
   * @param asked from when on {@code changes} tells; without it from the day of the last run on
   */
  OutputViews(SparkSession session, OutputDirectory output, Optional<Since> asked) {
    this.session = session;
    this.output = output;
    this.tables = OutputTables.of(session, output);
    this.asked = asked;
  }

  private static Map<String, String> tables() {
    Map<String, String> tables = new LinkedHashMap<>();
    for (String name : List.of("labels", "runs", "categories", "files")) {
      tables.put(name, "label --input PATH --output %s");
    }
    for (String name : List.of("audit_metrics", "audit_drift")) {
      tables.put(name, "audit --output %s");
    }
    tables.put("review_sample", "export --output %s --for csv --file FILE --sample N");
    for (String name : List.of("reviews", "review_estimates")) {
      tables.put(name, "reviews --output %s --import FILE");
    }
    return tables;
  }

  /** Names of all views that there may be. */
  static List<String> names() {
    return Stream.of(TABLES.keySet().stream(), VIEWS.stream(), Stream.of(CHANGES))
        .flatMap(names -> names)
        .toList();
  }

  /** Makes the views that a query names, and those that these need. */
  void make(String sql) {
    String code = COMMENT.matcher(sql).replaceAll("");
    Set<String> words = Pattern.compile("\\W+").splitAsStream(code).collect(Collectors.toSet());
    for (String name : names()) {
      if (words.contains(name) && made.add(name)) {
        makeView(name);
      }
    }
  }

  private void makeView(String name) {
    if (name.equals(CHANGES)) {
      changes().ifPresent(rows -> rows.createOrReplaceTempView(CHANGES));
    } else if (VIEWS.contains(name)) {
      String definition = Questions.sql(name);
      make(definition);
      if (missing.isEmpty()) {
        var unused = session.sql(definition);
      }
    } else {
      table(name).ifPresent(rows -> rows.createOrReplaceTempView(name));
    }
  }

  private Optional<Dataset<Row>> table(String name) {
    Optional<Dataset<Row>> rows = tables.read(name);
    if (rows.isEmpty() && missing.isEmpty()) {
      missing = Optional.of(name);
    }
    return rows;
  }

  private Optional<Dataset<Row>> changes() {
    LabelHistory labels = LabelHistory.of(session, output);
    if (!labels.exists()) {
      missing = Optional.of("labels");
      return Optional.empty();
    }
    Since from = asked.orElseGet(this::lastNight);
    since = Optional.of(from);
    long newest = labels.version();
    long before = from.lastVersion().applyAsLong(labels);
    if (before >= newest) {
      return Optional.of(none(labels.at(newest)));
    }
    return Optional.of(
        labels
            .changes(before, newest)
            .orElseThrow(() -> QueryErrors.changesGone(output.root(), from.words())));
  }

  private Since lastNight() {
    return tables
        .read("runs")
        .map(runs -> runs.agg(max("started_at")).first())
        .filter(row -> !row.isNullAt(0))
        .map(row -> ((Timestamp) row.get(0)).toInstant().atZone(ZoneOffset.UTC).toLocalDate())
        .map(Since::day)
        .orElseGet(Since::beginning);
  }

  private static Dataset<Row> none(Dataset<Row> labels) {
    return labels
        .withColumn("_change_type", lit(""))
        .withColumn("_commit_version", lit(0L))
        .withColumn("_commit_timestamp", current_timestamp())
        .where(lit(false));
  }

  /** The first table that a view needs and the output does not have. */
  Optional<String> missing() {
    return missing;
  }

  /** The command that writes a table. */
  static String remedy(String table, OutputDirectory output) {
    return "bingoguard " + TABLES.get(table).formatted(output.root());
  }

  /** From when on {@code changes} tells, if it was made. */
  Optional<Since> since() {
    return since;
  }
}
