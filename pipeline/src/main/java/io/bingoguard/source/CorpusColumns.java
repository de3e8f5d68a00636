package io.bingoguard.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The columns of all files of a corpus. Files may lack some, and have one under another type.
 *
 * @param schemas the different schemas of files, in the order of the files
 * @param folders names of the columns that only folders have
 */
record CorpusColumns(List<StructType> schemas, List<String> folders) {
  CorpusColumns {
    schemas = List.copyOf(schemas);
    folders = List.copyOf(folders);
  }

  /**
   * The columns of some files.
   *
   * @param keys names of the columns that folders give
   */
  static CorpusColumns of(Collection<StructType> schemas, List<String> keys) {
    List<StructType> distinct = List.copyOf(new LinkedHashSet<>(schemas));
    return new CorpusColumns(
        distinct,
        keys.stream()
            .filter(key -> distinct.stream().noneMatch(schema -> field(schema, key).isPresent()))
            .toList());
  }

  /** The field of a name, or else the first that differs from it in upper and lower case only. */
  static Optional<StructField> field(StructType schema, String name) {
    return fields(schema, name)
        .filter(field -> field.name().equals(name))
        .findFirst()
        .or(() -> fields(schema, name).findFirst());
  }

  private static Stream<StructField> fields(StructType schema, String name) {
    return Arrays.stream(schema.fields()).filter(field -> field.name().equalsIgnoreCase(name));
  }

  /**
   * The names of all columns. Names of different files that differ in upper and lower case only are
   * one column.
   */
  List<String> names() {
    List<String> names = new ArrayList<>(ofFiles());
    names.addAll(folders);
    return names;
  }

  /** The names of the columns that files have. */
  List<String> ofFiles() {
    Map<String, Set<String>> spellings = new LinkedHashMap<>();
    for (StructType schema : schemas) {
      Map<String, Set<String>> own = new LinkedHashMap<>();
      for (String name : schema.fieldNames()) {
        own.computeIfAbsent(lower(name), lower -> new LinkedHashSet<>()).add(name);
      }
      own.forEach(
          (lower, names) ->
              spellings.merge(
                  lower, names, (known, more) -> more.size() > known.size() ? more : known));
    }
    return spellings.values().stream().flatMap(Set::stream).toList();
  }

  private static String lower(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Columns of text, lists or structs, the only ones whose values can tell a schema. */
  List<String> telling() {
    return ofFiles().stream()
        .filter(name -> types(name).stream().anyMatch(CorpusColumns::tells))
        .toList();
  }

  private static boolean tells(DataType type) {
    return type.equals(DataTypes.StringType)
        || type.equals(DataTypes.BinaryType)
        || type instanceof ArrayType
        || type instanceof StructType
        || type instanceof MapType;
  }

  /**
   * A record with one element of nulls in each column that is a list of structs: it shows the
   * fields that such elements have, which values that are null or empty lists do not.
   */
  Map<String, Object> shapes() {
    Map<String, Object> shapes = new LinkedHashMap<>();
    for (String name : ofFiles()) {
      Map<String, Object> fields = new LinkedHashMap<>();
      for (DataType type : types(name)) {
        if (type instanceof ArrayType list && list.elementType() instanceof StructType element) {
          Arrays.stream(element.fieldNames()).forEach(field -> fields.put(field, null));
        }
      }
      if (!fields.isEmpty()) {
        shapes.put(name, List.of(fields));
      }
    }
    return shapes;
  }

  private List<DataType> types(String name) {
    return schemas.stream()
        .map(schema -> field(schema, name))
        .flatMap(Optional::stream)
        .map(StructField::dataType)
        .toList();
  }
}
