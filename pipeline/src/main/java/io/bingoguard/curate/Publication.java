package io.bingoguard.curate;

import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRecords;
import io.bingoguard.table.CurationTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Puts what was written beside in its place. An output in which this did not end has no report, and
 * the next run makes it anew.
 */
final class Publication {
  private final CorpusRecords records;
  private final SparkSession spark;
  private final CorpusFormat format;
  private final CuratedOutput output;

  Publication(CorpusRecords records, CuratedOutput output) {
    this.records = records;
    this.spark = records.session();
    this.format = records.format();
    this.output = output;
  }

  /**
   * Publishes.
   *
   * @return all reasons, as they are then
   */
  Dataset<Row> publish(CurationScope scope, Parted parted) {
    List<CuratedFile> files = new ArrayList<>(scope.left());
    files.addAll(parted.files());
    CuratedFiles.write(spark, output.beside(CuratedOutput.FILES), files);
    output.begin();
    for (String set : CuratedOutput.SETS) {
      if (format == CorpusFormat.DELTA) {
        table(set, scope);
      } else {
        parts(set, scope, parted.ending());
      }
    }
    deleteReasons(scope.replaced());
    table(CuratedOutput.REASONS, scope);
    replace(CuratedOutput.FILES);
    return table(CuratedOutput.REASONS).read();
  }

  private void table(String name, CurationScope scope) {
    if (scope.anew()) {
      replace(name);
    } else if (!scope.files().isEmpty()) {
      table(name).append(new CurationTable(spark, output.beside(name)).read());
    }
  }

  private CurationTable table(String name) {
    return new CurationTable(spark, output.folder(name));
  }

  private void parts(String set, CurationScope scope, String ending) {
    SetParts parts = output.parts(set);
    if (scope.anew()) {
      output.delete(set);
    } else {
      Set<Integer> numbers =
          scope.replaced().stream().map(CuratedFile::number).collect(Collectors.toSet());
      parts.delete(numbers);
    }
    parts.add(ending);
    if (format == CorpusFormat.PARQUET && parts.contents().isEmpty()) {
      addColumns(set);
    }
  }

  /** Adds, as of number 0, what readers of an empty Parquet set need: a file with its columns. */
  private void addColumns(String set) {
    output.clear(set);
    spark
        .createDataFrame(List.<Row>of(), records.columns())
        .coalesce(1)
        .write()
        .parquet("%s/%s=0".formatted(output.beside(set), RecordWriter.PART));
    output.parts(set).add(".parquet");
  }

  private void deleteReasons(List<CuratedFile> files) {
    if (!files.isEmpty()) {
      table(CuratedOutput.REASONS).delete(CuratedFiles.paths(spark, CuratedFile.paths(files)));
    }
  }

  private void replace(String name) {
    output.replace(name);
    table(name).forget();
  }
}
