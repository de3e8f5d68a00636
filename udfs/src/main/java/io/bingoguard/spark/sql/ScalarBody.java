package io.bingoguard.spark.sql;

import java.io.Serializable;
import org.apache.spark.sql.types.DataType;

/** Computes the value of a function for one row. */
@FunctionalInterface
public interface ScalarBody extends Serializable {
  /**
   * The value, as Catalyst holds values of the result's type.
   *
   * @param values arguments as Catalyst holds them; null only for a function that takes nulls
   * @param types their types
   */
  Object value(Object[] values, DataType[] types);
}
