package io.bingoguard.source;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes Parquet files of types that Spark does not write. */
final class ParquetFixture {
  private ParquetFixture() {}

  /**
   * Writes a file.
   *
   * @param fields fields in the notation of Parquet's own messages
   * @param rows what fills each row
   */
  static Path writeParquet(Path file, String fields, List<Consumer<Group>> rows) {
    MessageType type = MessageTypeParser.parseMessageType("message file { " + fields + " }");
    Configuration hadoop = new Configuration();
    try {
      Files.createDirectories(file.getParent());
      try (ParquetWriter<Group> writer =
          ExampleParquetWriter.builder(
                  HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), hadoop))
              .withType(type)
              .withConf(hadoop)
              .build()) {
        for (Consumer<Group> row : rows) {
          Group group = new SimpleGroup(type);
          row.accept(group);
          writer.write(group);
        }
      }
      return file;
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
