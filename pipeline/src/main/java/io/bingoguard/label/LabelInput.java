package io.bingoguard.label;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** A corpus as a labelling run sees it: rows of {@link io.bingoguard.spark.ExchangeSchema}. */
public interface LabelInput {
  /** The qualified path. */
  String location();

  /** The format and schema that were found, for people. */
  String description();

  /** Everything that decides which exchanges the files hold: format, schema, named columns. */
  String layout();

  /** Whether the exchanges can be read as a stream. */
  boolean streamable();

  /** What is new, in micro-batches; for streamable inputs. */
  Dataset<Row> stream();

  /** Everything there is. */
  Dataset<Row> batch();

  /** Conversations in the input; may read all of it. */
  long conversations();
}
