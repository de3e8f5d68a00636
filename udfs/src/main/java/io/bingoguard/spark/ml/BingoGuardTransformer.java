package io.bingoguard.spark.ml;

import io.bingoguard.guard.LongText;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.settings.Setting;
import io.bingoguard.spark.sql.LabelColumns;
import io.bingoguard.spark.sql.SessionModel;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.ml.Transformer;
import org.apache.spark.ml.param.Param;
import org.apache.spark.ml.param.ParamMap;
import org.apache.spark.ml.util.DefaultParamsReader;
import org.apache.spark.ml.util.DefaultParamsWritable;
import org.apache.spark.ml.util.Identifiable$;
import org.apache.spark.ml.util.MLReader;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Adds labels to a DataFrame that has prompts, responses or both: a struct of the columns of the
 * labels table that are about the texts, and on request the same as Spark NLP annotations.
 *
 * <p>The model is the one of the param {@code model}, or else of the session's {@code
 * spark.bingoguard.model}, or else the demo model; all other settings are the session's. Texts are
 * judged as they are. A row with neither text has a null label. A row that cannot be judged has a
 * label with status {@code error}, and {@code errorCol}, where that is set, says why.
 *
 * <p>Whenever Spark evaluates the result anew, the texts are judged anew: cache what is used twice.
 */
public final class BingoGuardTransformer extends Transformer implements DefaultParamsWritable {
  private static final long serialVersionUID = 1L;

  private final String uid;
  private final Param<String> promptCol;
  private final Param<String> responseCol;
  private final Param<String> outputCol;
  private final Param<String> errorCol;
  private final Param<String> annotationCol;
  private final Param<String> model;
  private final Param<String> severity;
  private final Param<String> longText;

  public BingoGuardTransformer() {
    this(Identifiable$.MODULE$.randomUID("bingoguard"));
  }

  public BingoGuardTransformer(String uid) {
    this.uid = uid;
    promptCol = param("promptCol", "column with user messages; empty for none");
    responseCol = param("responseCol", "column with replies; empty for none");
    outputCol = param("outputCol", "column that gets the label, a struct");
    errorCol = param("errorCol", "column that gets the error message of the label; empty for none");
    annotationCol =
        param(
            "annotationCol",
            "column that gets the verdicts as Spark NLP annotations of type category; empty for none");
    model = param("model", "model directory; empty for the session's spark.bingoguard.model");
    severity = param("severity", "which replies are asked for their severity: flagged, all or off");
    longText = param("longText", "what becomes of texts that do not fit: window, truncate or skip");
    setDefault(promptCol, "prompt");
    setDefault(responseCol, "response");
    setDefault(outputCol, "safety");
    setDefault(errorCol, "");
    setDefault(annotationCol, "");
    setDefault(model, "");
    setDefault(severity, "flagged");
    setDefault(longText, "window");
  }

  private Param<String> param(String name, String meaning) {
    return new Param<>(this, name, meaning);
  }

  /** Reads what {@code write} wrote. */
  public static MLReader<BingoGuardTransformer> read() {
    return new DefaultParamsReader<>();
  }

  /** The same from a path. */
  public static BingoGuardTransformer load(String path) {
    return read().load(path);
  }

  @Override
  public String uid() {
    return uid;
  }

  public Param<String> promptCol() {
    return promptCol;
  }

  public Param<String> responseCol() {
    return responseCol;
  }

  public Param<String> outputCol() {
    return outputCol;
  }

  public Param<String> errorCol() {
    return errorCol;
  }

  public Param<String> annotationCol() {
    return annotationCol;
  }

  public Param<String> model() {
    return model;
  }

  public Param<String> severity() {
    return severity;
  }

  public Param<String> longText() {
    return longText;
  }

  public BingoGuardTransformer setPromptCol(String value) {
    return with(promptCol, value);
  }

  public BingoGuardTransformer setResponseCol(String value) {
    return with(responseCol, value);
  }

  public BingoGuardTransformer setOutputCol(String value) {
    return with(outputCol, value);
  }

  public BingoGuardTransformer setErrorCol(String value) {
    return with(errorCol, value);
  }

  public BingoGuardTransformer setAnnotationCol(String value) {
    return with(annotationCol, value);
  }

  public BingoGuardTransformer setModel(String value) {
    return with(model, value);
  }

  public BingoGuardTransformer setSeverity(String value) {
    return with(severity, value);
  }

  public BingoGuardTransformer setLongText(String value) {
    return with(longText, value);
  }

  private BingoGuardTransformer with(Param<String> param, String value) {
    set(param, value);
    return this;
  }

  private String value(Param<String> param) {
    return getOrDefault(param);
  }

  private Optional<String> named(Param<String> param) {
    return Optional.of(value(param)).filter(name -> !name.isEmpty());
  }

  /**
   * The schema of the result.
   *
   * @throws io.bingoguard.guard.GuardException TRANSFORMER_INPUT_INVALID when a column is missing,
   *     no string, or there already, and when a param has a value that is none
   */
  @Override
  public StructType transformSchema(StructType schema) {
    if (named(promptCol).isEmpty() && named(responseCol).isEmpty()) {
      throw MlErrors.noTexts();
    }
    named(promptCol).ifPresent(name -> refuseNoText(schema, name));
    named(responseCol).ifPresent(name -> refuseNoText(schema, name));
    if (named(outputCol).isEmpty()) {
      throw MlErrors.noOutput();
    }
    severityMode();
    longTextMode();
    StructType output = schema;
    for (StructField added : added()) {
      // As Spark tells columns unless it is told otherwise.
      if (Arrays.stream(output.fieldNames()).anyMatch(added.name()::equalsIgnoreCase)) {
        throw MlErrors.columnThere(added.name());
      }
      output = output.add(added);
    }
    return output;
  }

  private StructField[] added() {
    StructType added = new StructType().add(value(outputCol), LabelColumns.TYPE, true);
    if (named(errorCol).isPresent()) {
      added = added.add(value(errorCol), DataTypes.StringType, true);
    }
    if (named(annotationCol).isPresent()) {
      added = added.add(Annotations.field(value(annotationCol)));
    }
    return added.fields();
  }

  private static void refuseNoText(StructType schema, String column) {
    if (!Arrays.asList(schema.fieldNames()).contains(column)) {
      throw MlErrors.columnMissing(column, schema.fieldNames());
    }
    if (!schema.apply(column).dataType().equals(DataTypes.StringType)) {
      throw MlErrors.columnNoText(column, schema.apply(column).dataType().catalogString());
    }
  }

  @Override
  public Dataset<Row> transform(Dataset<?> dataset) {
    StructType output = transformSchema(dataset.schema(), true);
    LabelledColumns task =
        new LabelledColumns(
            options(dataset),
            index(dataset, promptCol),
            index(dataset, responseCol),
            named(errorCol).isPresent(),
            named(annotationCol).isPresent());
    Dataset<Row> labelled =
        dataset.toDF().mapPartitions(task, ExpressionEncoder.apply(output, true));
    // What is mapped loses the metadata of columns, by which Spark NLP and Spark ML know them.
    return labelled.select(
        Arrays.stream(output.fields())
            .map(field -> quoted(field.name()).as(field.name(), field.metadata()))
            .toArray(Column[]::new));
  }

  private static Column quoted(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  private int index(Dataset<?> dataset, Param<String> column) {
    return named(column).map(dataset.schema()::fieldIndex).orElse(LabelledColumns.NONE);
  }

  private LabellingOptions options(Dataset<?> dataset) {
    Map<String, String> given = new TreeMap<>();
    named(model).ifPresent(path -> given.put(Setting.MODEL.key(), path));
    given.put(Setting.LONG_TEXT.key(), longTextMode().key());
    return SessionModel.of(dataset.sparkSession(), given).labelling(severityMode());
  }

  private SeverityMode severityMode() {
    return oneOf(SeverityMode.class, severity);
  }

  private LongText longTextMode() {
    return oneOf(LongText.class, longText);
  }

  private <E extends Enum<E>> E oneOf(Class<E> type, Param<String> param) {
    return Arrays.stream(type.getEnumConstants())
        .filter(known -> known.name().equals(value(param).toUpperCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () -> MlErrors.valueUnknown(param.name(), value(param), type.getEnumConstants()));
  }

  @Override
  public BingoGuardTransformer copy(ParamMap extra) {
    return (BingoGuardTransformer) defaultCopy(extra);
  }
}
