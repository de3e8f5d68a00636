package io.bingoguard.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import io.bingoguard.testing.SimulatedLabels;
import io.bingoguard.testing.TableCopy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A corpus whose files come, go and change, and its labels: a reply is harmful when it says so,
 * until a test decides otherwise.
 */
final class ChangingCorpus {
  private static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.StringType)
          .add("prompt", DataTypes.StringType)
          .add("response", DataTypes.StringType);
  private static final List<String> KEY =
      List.of(
          LabelRow.CONVERSATION_ID,
          LabelRow.TURN_INDEX,
          LabelRow.CONTENT_HASH,
          LabelRow.INPUT_FILE);

  private final SparkSession spark = SharedSpark.session();
  private final Path folder;
  private final Path corpus;
  private final String labelled;
  private final CorpusFormat format;
  private final SimulatedLabels labels;
  private long clock = 1_700_000_000_000L;

  ChangingCorpus(Path folder, CorpusFormat format) throws IOException {
    this.folder = folder;
    this.corpus = Files.createDirectories(folder.resolve("corpus"));
    this.labelled = folder.resolve("labelled").toString();
    this.format = format;
    this.labels = new SimulatedLabels(spark, labelled, FakeLabeller.stamp("run"));
    labels.create();
  }

  /** A record whose reply is harmful or not. */
  record Turn(String conversation, String text, boolean harmful) {
    private Row row() {
      return RowFactory.create(conversation, text, harmful ? "harm" : "fine");
    }
  }

  /** Puts a file there, or another in its place; to a table its records are added. */
  void write(String name, List<Turn> turns) throws IOException {
    write(name, rows(turns));
  }

  /** The same of records with a column more. */
  void writeScored(String name, List<Turn> turns) throws IOException {
    write(name, rows(turns).withColumn("score", lit(7)));
  }

  private Dataset<Row> rows(List<Turn> turns) {
    return spark.createDataFrame(turns.stream().map(Turn::row).toList(), SCHEMA).coalesce(1);
  }

  private void write(String name, Dataset<Row> rows) throws IOException {
    switch (format) {
      case DELTA -> rows.write().format("delta").mode("append").save(corpus.toString());
      case PARQUET -> {
        Path written = folder.resolve("written");
        rows.write().mode("overwrite").parquet(written.toString());
        try (Stream<Path> files = Files.list(written)) {
          Path file =
              files.filter(each -> each.toString().endsWith(".parquet")).findFirst().orElseThrow();
          Files.deleteIfExists(corpus.resolve(name + ".parquet"));
          stamped(Files.move(file, corpus.resolve(name + ".parquet")));
        }
      }
      default ->
          stamped(Files.write(corpus.resolve(name + ".jsonl"), rows.toJSON().collectAsList()));
    }
  }

  private void stamped(Path file) throws IOException {
    clock += 1000;
    Files.setLastModifiedTime(file, FileTime.fromMillis(clock));
  }

  void delete(String name) throws IOException {
    Files.delete(corpus.resolve(name + (format == CorpusFormat.PARQUET ? ".parquet" : ".jsonl")));
  }

  /** Deletes the rows of a table that fit. */
  void deleteRows(String condition) {
    var unused = spark.sql("DELETE FROM delta.`%s` WHERE %s".formatted(corpus, condition));
  }

  /** Labels what has no label yet. */
  void label() {
    Dataset<Row> found =
        open()
            .batch()
            .withColumn(LabelRow.CONTENT_HASH, expr("bingoguard_content_hash(prompt, response)"));
    Dataset<Row> known = spark.read().format("delta").load(labelled + "/labels");
    Column same =
        KEY.stream()
            .map(name -> found.col(name).eqNullSafe(known.col(name)))
            .reduce(Column::and)
            .orElseThrow();
    Map<String, Column> values = new HashMap<>();
    KEY.forEach(name -> values.put(name, col(name)));
    values.put(LabelRow.INPUT_ROW, col(LabelRow.INPUT_ROW));
    values.put(LabelRow.PROMPT_HARMFUL, lit(false));
    values.put(LabelRow.PROMPT_PROBABILITY, lit(0.1));
    values.put(LabelRow.RESPONSE_HARMFUL, expr("response = 'harm'"));
    values.put(LabelRow.RESPONSE_PROBABILITY, expr("IF(response = 'harm', 0.9, 0.1)"));
    Dataset<Row> missing = found.join(known, same, "left_anti").dropDuplicates(names());
    if (!missing.isEmpty()) {
      labels.append(missing, values);
    }
  }

  private static String[] names() {
    return KEY.toArray(String[]::new);
  }

  /** Turns verdicts round. */
  void turn(String condition) {
    var unused =
        spark.sql(
            "UPDATE delta.`%s/labels` SET response_harmful = NOT response_harmful WHERE %s"
                .formatted(labelled, condition));
  }

  /** Puts the labels aside, as they are now, or back. */
  void copyLabels(boolean back) throws IOException {
    String aside = folder + "/aside";
    TableCopy.of(spark, back ? aside : labelled, back ? labelled : aside);
  }

  private Corpus open() {
    return Corpus.open(spark, CorpusRequest.of(corpus.toString()).build());
  }

  CurationSummary curate(Path output, CurationRules rules) {
    return curate(output, rules, step -> {});
  }

  /**
   * The same.
   *
   * @param busy is told what is being done
   */
  CurationSummary curate(Path output, CurationRules rules, Consumer<String> busy) {
    return Curation.prepare(
            spark,
            open(),
            new OutputDirectory(labelled),
            rules,
            output.toString(),
            spark.sessionState().newHadoopConf())
        .execute(busy);
  }

  /** The records of a set and the reasons, in no order that counts. */
  Map<String, List<String>> sets(Path output) throws IOException {
    Map<String, List<String>> sets = new HashMap<>();
    for (String set : List.of(CuratedOutput.KEPT, CuratedOutput.REMOVED)) {
      sets.put(set, records(output.resolve(set)));
    }
    sets.put(
        CuratedOutput.REASONS,
        spark
            .read()
            .format("delta")
            .load(output + "/reasons")
            .selectExpr(
                "to_json(struct(conversation_id, content_hashes, input_file, reasons, records))")
            .collectAsList()
            .stream()
            .map(row -> row.getString(0))
            .sorted()
            .toList());
    return sets;
  }

  private List<String> records(Path set) throws IOException {
    if (format != CorpusFormat.JSON_LINES) {
      return spark
          .read()
          .format(format == CorpusFormat.DELTA ? "delta" : "parquet")
          .load(set.toString())
          .toJSON()
          .collectAsList()
          .stream()
          .sorted()
          .toList();
    }
    List<String> lines = new ArrayList<>();
    for (Path file : files(set)) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines.stream().sorted().toList();
  }

  /** The files of a set, in their order. */
  static List<Path> files(Path set) throws IOException {
    try (Stream<Path> files = Files.list(set)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("part-"))
          .sorted()
          .collect(Collectors.toList());
    }
  }
}
