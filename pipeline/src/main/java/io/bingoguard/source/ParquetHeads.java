package io.bingoguard.source;

import java.io.IOException;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.HadoopReadOptions;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.execution.datasources.parquet.ParquetToSparkSchemaConverter;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the footers of Parquet files. A value of a kind that Spark does not know (a time of day,
 * nanoseconds, a UUID) is read as what it is stored as: a number or bytes.
 */
final class ParquetHeads implements FileHeads.Reading {
  /** Marks, in the metadata of a column, that its bytes are a UUID. */
  static final String UUID = "bingoguard.uuid";

  /** BINARY without a kind stays bytes, as it need not be text; INT96 is a point in time. */
  private static final ParquetToSparkSchemaConverter CONVERTER =
      new ParquetToSparkSchemaConverter(false, true, true, true, false);

  private final Configuration hadoop;

  /** Most files of a corpus have one schema. */
  private final Map<MessageType, FileHead> heads = new ConcurrentHashMap<>();

  ParquetHeads(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  @Override
  public FileHead head(DataFile file) throws IOException {
    Configuration settings = ColonNames.configuration(hadoop, file.path());
    HadoopInputFile input = HadoopInputFile.fromStatus(file.status(), settings);
    try (ParquetFileReader reader =
        ParquetFileReader.open(
            input, HadoopReadOptions.builder(settings, input.getPath()).build())) {
      FileHead head =
          heads.computeIfAbsent(reader.getFileMetaData().getSchema(), ParquetHeads::columns);
      return new FileHead(
          head.columns(),
          head.unreadable(),
          head.adapted(),
          OptionalLong.of(reader.getRecordCount()));
    }
  }

  private static FileHead columns(MessageType schema) {
    StructType columns = new StructType();
    Set<String> unreadable = new HashSet<>();
    Set<String> adapted = new HashSet<>();
    for (Type field : schema.getFields()) {
      if (!known(field)) {
        adapted.add(field.getName());
      }
      try {
        columns = columns.add(column(field));
      } catch (Exception unknown) {
        unreadable.add(field.getName());
      }
    }
    return new FileHead(columns, unreadable, adapted, OptionalLong.empty());
  }

  private static StructField column(Type field) {
    MetadataBuilder metadata = new MetadataBuilder();
    if (field.getLogicalTypeAnnotation() instanceof UUIDLogicalTypeAnnotation) {
      metadata.putBoolean(UUID, true);
    }
    // Files that differ in what may be null are read alike.
    return new StructField(
        field.getName(),
        converted(readable(field)).dataType().asNullable(),
        true,
        metadata.build());
  }

  private static Type readable(Type type) {
    if (type.isPrimitive()) {
      return known(type) ? type : plain(type.asPrimitiveType());
    }
    GroupType group = type.asGroupType();
    return group.withNewFields(group.getFields().stream().map(ParquetHeads::readable).toList());
  }

  private static boolean known(Type type) {
    try {
      converted(type);
      return true;
    } catch (Exception illegal) {
      return false;
    }
  }

  private static Type plain(PrimitiveType type) {
    var plain = Types.primitive(type.getPrimitiveTypeName(), type.getRepetition());
    return (type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
            ? plain.length(type.getTypeLength())
            : plain)
        .named(type.getName());
  }

  private static StructField converted(Type type) {
    return CONVERTER.convert(new MessageType("file", type)).fields()[0];
  }
}
