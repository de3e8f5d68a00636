package io.bingoguard.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.bingoguard.engine.EngineFigure;
import io.bingoguard.engine.EngineReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the runs table keeps of the engine of an executor: its identity, then every {@link
 * EngineFigure}. No column is ever null, but Delta takes no such constraint inside an array.
 */
final class ExecutorColumns {
  static final StructType SCHEMA = schema();

  private ExecutorColumns() {}

  private static StructType schema() {
    StructType schema =
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
            .add("copied_bytes", LongType, true, "Bytes copied to have the model");
    for (EngineFigure figure : EngineFigure.values()) {
      schema =
          schema.add(
              figure.key(), figure.integral() ? LongType : DoubleType, true, figure.meaning());
    }
    return schema;
  }

  static List<Row> rows(List<EngineReport> reports) {
    return reports.stream().map(ExecutorColumns::row).toList();
  }

  private static Row row(EngineReport report) {
    List<Object> values = new ArrayList<>(report.identity().values());
    for (EngineFigure figure : EngineFigure.values()) {
      values.add(figure.of(report));
    }
    return RowFactory.create(values.toArray());
  }
}
