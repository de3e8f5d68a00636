package io.bingoguard.spark.ml;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.TextSpan;
import io.bingoguard.guard.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.MetadataBuilder;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import scala.collection.JavaConverters;

/**
 * Verdicts as Spark NLP has annotations: one for each text that was judged, {@code result} the code
 * of its category or {@code safe}. The layout is that of Spark NLP's class {@code Annotation}, and
 * its type is told by the column's metadata.
 */
final class Annotations {
  /** Spark NLP's name for what a classifier says. */
  private static final String TYPE = "category";

  private static final String SAFE = "safe";
  private static final String HARMFUL = "harmful";

  private static final StructType ANNOTATION =
      new StructType()
          .add("annotatorType", DataTypes.StringType, true)
          .add("begin", DataTypes.IntegerType, false)
          .add("end", DataTypes.IntegerType, false)
          .add("result", DataTypes.StringType, true)
          .add(
              "metadata",
              DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType, true),
              true)
          .add("embeddings", DataTypes.createArrayType(DataTypes.FloatType, false), true);

  private Annotations() {}

  static StructField field(String name) {
    return new StructField(
        name,
        DataTypes.createArrayType(ANNOTATION, true),
        true,
        new MetadataBuilder().putString("annotatorType", TYPE).build());
  }

  /** Annotations of a label; none of a text without a verdict. */
  static Row[] of(Exchange exchange, Optional<SafetyLabel> label) {
    List<Row> annotations = new ArrayList<>();
    label.ifPresent(
        judged -> {
          judged
              .prompt()
              .ifPresent(
                  verdict ->
                      annotations.add(
                          annotation(
                              exchange.prompt().orElse(""),
                              judged.windows().prompt(),
                              verdict,
                              metadata("prompt", judged, verdict))));
          judged
              .response()
              .ifPresent(
                  verdict -> {
                    Map<String, String> metadata = metadata("response", judged, verdict);
                    judged.severity().ifPresent(severity -> add(severity, metadata));
                    annotations.add(
                        annotation(
                            exchange.response().orElse(""),
                            judged.windows().response(),
                            verdict,
                            metadata));
                  });
        });
    return annotations.toArray(Row[]::new);
  }

  /** The end is that of the last character, as Spark NLP has it. */
  private static Row annotation(
      String text, Optional<TextSpan> window, Verdict verdict, Map<String, String> metadata) {
    TextSpan span = window.orElseGet(() -> TextSpan.of(text, 0, text.length()));
    return RowFactory.create(
        TYPE,
        span.begin(),
        span.end() - 1,
        result(verdict),
        JavaConverters.mapAsScalaMap(metadata),
        new Float[0]);
  }

  private static String result(Verdict verdict) {
    return verdict.harmful() ? verdict.category().map(Category::code).orElse(HARMFUL) : SAFE;
  }

  private static Map<String, String> metadata(String side, SafetyLabel label, Verdict verdict) {
    Map<String, String> metadata = new TreeMap<>();
    metadata.put("side", side);
    metadata.put("sentence", "0");
    metadata.put(HARMFUL, Boolean.toString(verdict.harmful()));
    metadata.put("probability", Double.toString(verdict.probability()));
    metadata.put("status", label.status().key());
    return metadata;
  }

  private static void add(Severity severity, Map<String, String> metadata) {
    metadata.put("severity", Integer.toString(severity.level()));
    metadata.put("severity_score", Double.toString(severity.score()));
  }
}
