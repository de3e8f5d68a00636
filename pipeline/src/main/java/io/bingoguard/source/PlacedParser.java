package io.bingoguard.source;

import io.bingoguard.spark.rows.InputPlace;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;

/**
 * Adds to a record where it stands, which the row's last two values tell: the path of its file,
 * encoded as a URI, and its position in there. Adds what the folders of the file say, too; a value
 * in the record itself wins, as files know better than the folder that they lie in.
 *
 * @param parser reads the record
 * @param folders reads the folders' names
 */
record PlacedParser(RecordParser parser, PartitionFolders folders) implements RecordParser {
  @Override
  public Optional<CorpusRecord> parse(Row row) {
    return parser.parse(row).map(record -> placed(record, row));
  }

  private CorpusRecord placed(CorpusRecord record, Row row) {
    String file = row.getString(row.length() - 2);
    InputPlace place =
        new InputPlace(new Path(URI.create(file)).toString(), row.getLong(row.length() - 1));
    if (folders.keys().isEmpty() || record.corrupt().isPresent()) {
      return record.at(place);
    }
    Map<String, Object> fields = new LinkedHashMap<>(record.fields());
    folders.values(file).forEach(fields::putIfAbsent);
    return record.with(fields).at(place);
  }
}
