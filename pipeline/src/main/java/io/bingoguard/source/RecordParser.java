package io.bingoguard.source;

import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.sql.Row;

/** Turns a row as Spark read it into a record; a blank row is none. */
interface RecordParser extends Serializable {
  Optional<CorpusRecord> parse(Row row);
}
