package io.bingoguard.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.bingoguard.spark.EngineReport;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the runs table keeps of the engine of an executor. No column is ever null, but Delta takes
 * no such constraint inside an array.
 */
final class ExecutorColumns {
  static final StructType SCHEMA =
      new StructType()
          .add("executor_id", StringType, true, "Spark's id; driver in local mode")
          .add("host", StringType, true, "The executor's machine")
          .add(
              "gpu_addresses",
              DataTypes.createArrayType(StringType),
              true,
              "GPUs that Spark gave to its tasks")
          .add("device", StringType, true, "What it computed on: cpu, cuda:0 and so on")
          .add("provider", StringType, true, "ONNX Runtime's provider that was used")
          .add("precision", StringType, true, "Number format of the session")
          .add("sessions_opened", IntegerType, true, "Sessions it opened on the device")
          .add("model_source", StringType, true, "demo, in_place, found or copied")
          .add("copied_bytes", LongType, true, "Bytes copied to have the model")
          .add("device_memory_bytes", LongType, true, "GPU memory taken by anybody; 0 if unknown")
          .add("requests", LongType, true, "Requests scored")
          .add("useful_tokens", LongType, true, "Their tokens, without shared prefixes")
          .add("computed_tokens", LongType, true, "Tokens computed, padding included")
          .add("busy_share", DoubleType, true, "Share of wall time the device was at work")
          .add("out_of_memory", LongType, true, "Passes that did not fit into memory")
          .add("seconds", DoubleType, true, "Wall time since its session was opened");

  private ExecutorColumns() {}

  static List<Row> rows(List<EngineReport> reports) {
    return reports.stream().map(ExecutorColumns::row).toList();
  }

  private static Row row(EngineReport report) {
    return RowFactory.create(
        report.executorId(),
        report.host(),
        report.addresses().toArray(String[]::new),
        report.device(),
        report.provider(),
        report.precision(),
        report.sessionsOpened(),
        report.modelSource(),
        report.copiedBytes(),
        report.deviceMemoryBytes(),
        report.metrics().requests(),
        report.metrics().usefulTokens(),
        report.metrics().computedTokens(),
        report.busyShare(),
        report.metrics().outOfMemory(),
        report.seconds());
  }
}
