package io.bingoguard.evaluate.dataset;

import io.bingoguard.source.CorpusRequest;
import io.bingoguard.source.PlainRecords;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * A public safety set, or one of the user's own, as cases with gold labels. All of it is collected
 * on the driver: such sets have thousands of records, not millions.
 */
public final class GoldDataset {
  private final DatasetLayout layout;
  private final List<GoldCase> cases;
  private final Map<LeftOut, Integer> leftOut;

  private GoldDataset(DatasetLayout layout, List<GoldCase> cases, Map<LeftOut, Integer> leftOut) {
    this.layout = layout;
    this.cases = cases;
    this.leftOut = leftOut;
  }

  /**
   * Reads a set: Parquet, Delta, JSON Lines, one JSON object of lists of records, or CSV.
   *
   * @param request file, folder or Delta table, and what is said of its format
   * @param layout key of a {@link DatasetLayout}, where the columns do not tell it
   * @throws io.bingoguard.guard.GuardException when the set cannot be read, does not fit the layout
   *     or holds no case, and when a label is not understood: what a wrong label would count for
   *     cannot be seen in the figures
   */
  public static GoldDataset open(
      SparkSession spark, CorpusRequest request, Optional<String> layout) {
    Optional<DatasetLayout> named = layout.map(GoldDataset::layoutOf);
    return of(request.input(), PlainRecords.read(spark, request), named);
  }

  private static DatasetLayout layoutOf(String key) {
    return DatasetLayout.named(key)
        .orElseThrow(() -> DatasetErrors.datasetLayoutNotNamed(key, keys()));
  }

  static GoldDataset of(String path, PlainRecords records, Optional<DatasetLayout> named) {
    if (!records.unreadable().isEmpty()) {
      throw DatasetErrors.datasetRecordUnreadable(
          path, records.unreadable().get(0), records.unreadable().size());
    }
    if (records.records().isEmpty()) {
      throw DatasetErrors.datasetEmpty(path, Map.of());
    }
    DatasetLayout layout = fitting(path, records.columns(), named);
    CaseCollector collector = new CaseCollector();
    int number = 0;
    for (Map<String, Object> fields : records.records()) {
      number++;
      layout.read(new GoldRecord(path, number, fields), collector);
    }
    if (collector.cases().isEmpty()) {
      Map<String, Integer> reasons = new LinkedHashMap<>();
      collector.leftOut().forEach((reason, count) -> reasons.put(reason.description(), count));
      throw DatasetErrors.datasetEmpty(path, reasons);
    }
    return new GoldDataset(
        layout, collector.cases(), Collections.unmodifiableMap(collector.leftOut()));
  }

  private static DatasetLayout fitting(
      String path, List<String> columns, Optional<DatasetLayout> named) {
    if (named.isPresent()) {
      List<String> missing = named.get().missing(columns);
      if (!missing.isEmpty()) {
        throw DatasetErrors.datasetColumnsMissing(path, named.get().key(), missing, columns);
      }
      return named.get();
    }
    List<DatasetLayout> told = DatasetLayout.told(columns);
    if (told.size() > 1) {
      throw DatasetErrors.datasetLayoutAmbiguous(
          path, told.stream().map(DatasetLayout::key).toList());
    }
    return told.stream()
        .findFirst()
        .orElseThrow(() -> DatasetErrors.datasetLayoutUnknown(path, columns, keys()));
  }

  private static List<String> keys() {
    return Arrays.stream(DatasetLayout.values()).map(DatasetLayout::key).toList();
  }

  /** The layout that was named or found. */
  public DatasetLayout layout() {
    return layout;
  }

  /** Every case, in the order of the records. */
  public List<GoldCase> cases() {
    return cases;
  }

  /**
   * How many records gave no case, or not all that they hold, by reason; only reasons there are.
   */
  public Map<LeftOut, Integer> leftOut() {
    return leftOut;
  }
}
