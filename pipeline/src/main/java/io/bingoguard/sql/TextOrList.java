package io.bingoguard.sql;

import java.io.Serializable;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StringType;

/** Text, or a list of anything; Spark's own union of types cannot travel to executors. */
final class TextOrList extends AbstractDataType implements Serializable {
  private static final long serialVersionUID = 1L;

  @Override
  public DataType defaultConcreteType() {
    return DataTypes.StringType;
  }

  @Override
  public boolean acceptsType(DataType type) {
    return type instanceof StringType || type instanceof ArrayType;
  }

  @Override
  public String simpleString() {
    return "(string or array)";
  }
}
