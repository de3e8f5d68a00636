package io.bingoguard.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * How the columns of a table differ from those that are to be written. Fields of structs, and of
 * structs in arrays, are told by their path, as SQL spells it: {@code executors.element.device}.
 * Whether nulls are allowed makes no difference where both have the column: Delta checks values.
 */
final class ColumnDifference {
  private final Map<String, StructField> addable = new LinkedHashMap<>();
  private final List<String> missing = new ArrayList<>();
  private final List<String> retyped = new ArrayList<>();
  private final List<String> unknown = new ArrayList<>();

  private ColumnDifference() {}

  static ColumnDifference between(StructType seen, StructType wanted) {
    ColumnDifference difference = new ColumnDifference();
    difference.compare("", seen, wanted);
    return difference;
  }

  /** Columns that the table lacks and older rows can have as null, by path. */
  Map<String, StructField> addable() {
    return addable;
  }

  /** Columns that the table lacks and that may not be null, so that older rows had no value. */
  List<String> missing() {
    return missing;
  }

  /** Columns of another type, with both types. */
  List<String> retyped() {
    return retyped;
  }

  /** Columns of the table that would not be written. */
  List<String> unknown() {
    return unknown;
  }

  private void compare(String prefix, StructType seen, StructType wanted) {
    // As Delta compares names.
    Map<String, StructField> there = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    there.putAll(
        Arrays.stream(seen.fields())
            .collect(Collectors.toMap(StructField::name, Function.identity())));
    for (StructField field : wanted.fields()) {
      String path = prefix + field.name();
      StructField known = there.remove(field.name());
      if (known != null) {
        compare(path, known.dataType(), field.dataType());
      } else if (field.nullable()) {
        addable.put(path, field);
      } else {
        missing.add(path + " " + field.dataType().catalogString());
      }
    }
    there.values().forEach(field -> unknown.add(prefix + field.name()));
  }

  private void compare(String path, DataType seen, DataType wanted) {
    if (seen instanceof StructType from && wanted instanceof StructType to) {
      compare(path + ".", from, to);
    } else if (seen instanceof ArrayType from && wanted instanceof ArrayType to) {
      compare(path + ".element", from.elementType(), to.elementType());
    } else if (!seen.catalogString().equals(wanted.catalogString())) {
      retyped.add(
          "%s is %s instead of %s".formatted(path, seen.catalogString(), wanted.catalogString()));
    }
  }
}
