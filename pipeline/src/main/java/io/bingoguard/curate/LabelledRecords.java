package io.bingoguard.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.posexplode;

import io.bingoguard.source.CorpusRecords;
import io.bingoguard.source.DataFile;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.CurrentLabels;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The records of a corpus, and their exchanges beside the labels. */
record LabelledRecords(CorpusRecords records, CurrentLabels labels) {
  /** What rules ask. */
  private static final List<String> LABEL =
      List.of(
          LabelRow.LABEL_STATUS,
          LabelRow.PROMPT_HARMFUL,
          LabelRow.PROMPT_PROBABILITY,
          LabelRow.PROMPT_CATEGORY,
          LabelRow.RESPONSE_HARMFUL,
          LabelRow.RESPONSE_PROBABILITY,
          LabelRow.RESPONSE_CATEGORY,
          LabelRow.SEVERITY);

  /** The records of some files, as {@link CorpusRecords} has them. */
  Dataset<Row> read(List<DataFile> files) {
    return records.read(files);
  }

  /** Every exchange of every record beside its label, whose columns are null where it has none. */
  Dataset<Row> judged(List<DataFile> files) {
    Dataset<Row> exchanges =
        read(files)
            .select(
                col(CorpusRecords.KEY),
                col(CorpusRecords.FILE),
                col(CorpusRecords.ROW),
                posexplode(col(CorpusRecords.EXCHANGES)).as(new String[] {"at", "each"}))
            .select(
                col(CorpusRecords.KEY),
                col(CorpusRecords.FILE),
                col(CorpusRecords.ROW),
                col("at").as(Decisions.PLACE),
                col("each.*"));
    Dataset<Row> known = labels.read(LABEL);
    // What a record of a table is told by has no file, in labels neither.
    Column same =
        CurrentLabels.KEY.stream()
            .map(name -> exchanges.col(name).eqNullSafe(known.col(name)))
            .reduce(Column::and)
            .orElseThrow();
    List<Column> columns = new ArrayList<>();
    for (String name : exchanges.columns()) {
      columns.add(exchanges.col(name));
    }
    LABEL.forEach(name -> columns.add(known.col(name)));
    return exchanges.join(known, same, "left").select(columns.toArray(Column[]::new));
  }
}
