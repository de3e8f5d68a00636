package io.bingoguard.source;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;

/**
 * Adds to a record what the folders of its file say. A value in the record itself wins, as files
 * know better than the folder that they lie in.
 *
 * @param parser reads the record
 * @param folders reads the folders' names from the row's last value, the file's path
 */
record FolderColumnsParser(RecordParser parser, PartitionFolders folders) implements RecordParser {
  @Override
  public Optional<CorpusRecord> parse(Row row) {
    return parser
        .parse(row)
        .map(record -> record.corrupt().isPresent() ? record : record.with(fields(record, row)));
  }

  private Map<String, Object> fields(CorpusRecord record, Row row) {
    Map<String, Object> fields = new LinkedHashMap<>(record.fields());
    folders.values(row.getString(row.length() - 1)).forEach(fields::putIfAbsent);
    return fields;
  }
}
