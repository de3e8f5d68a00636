package io.bingoguard.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads rows of Parquet files, Delta tables and CSV files by their types. Bytes are read as UTF-8;
 * those that are none stay {@link RawBytes}.
 *
 * @param schema type of the rows
 * @param corruptColumn name of the column in which Spark leaves records that it could not read;
 *     null where there is none, as Java cannot serialize an Optional
 */
record TypedRowParser(StructType schema, String corruptColumn) implements RecordParser {
  @Override
  public Optional<CorpusRecord> parse(Row row) {
    Map<String, Object> fields = fields(row, schema);
    if (corruptColumn != null && fields.remove(corruptColumn) instanceof String raw) {
      return Optional.of(CorpusRecord.corrupt(raw));
    }
    return Optional.of(CorpusRecord.of(fields));
  }

  private static Map<String, Object> fields(Row row, StructType type) {
    StructField[] declared = type.fields();
    Map<String, Object> fields = new LinkedHashMap<>();
    for (int index = 0; index < declared.length; index++) {
      fields.put(
          declared[index].name(),
          declared[index].metadata().contains(ParquetHeads.UUID) && !row.isNullAt(index)
              ? RawBytes.of(row.getAs(index)).name()
              : value(row, index, declared[index].dataType()));
    }
    return fields;
  }

  private static Object value(Row row, int index, DataType type) {
    if (row.isNullAt(index)) {
      return null;
    }
    if (type instanceof StructType struct) {
      return fields(row.getStruct(index), struct);
    }
    if (type instanceof ArrayType array) {
      return elements(row.getList(index), array.elementType());
    }
    if (type instanceof MapType map) {
      Map<String, Object> entries = new LinkedHashMap<>();
      row.<Object, Object>getJavaMap(index)
          .forEach(
              (key, entry) ->
                  entries.put(
                      String.valueOf(value(RowFactory.create(key), 0, map.keyType())),
                      value(RowFactory.create(entry), 0, map.valueType())));
      return entries;
    }
    return type.equals(DataTypes.BinaryType) ? RawBytes.textOf(row.getAs(index)) : row.get(index);
  }

  private static List<Object> elements(List<Object> values, DataType type) {
    List<Object> elements = new ArrayList<>(values.size());
    for (Object element : values) {
      elements.add(value(RowFactory.create(element), 0, type));
    }
    return elements;
  }
}
