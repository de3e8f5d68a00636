package io.bingoguard.sql;

import io.bingoguard.source.ConversationValue;
import io.bingoguard.spark.sql.FunctionSource;
import io.bingoguard.spark.sql.ScalarFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.util.GenericArrayData;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.unsafe.types.UTF8String;

/** Functions of a conversation, which need to know how corpora write them. */
public final class ConversationFunctions implements FunctionSource {
  private static final String ARGUMENT = "conversation";
  private static final String MEANING =
      "a list of messages in any dialect that label reads, the JSON text of one, or a transcript";

  private static final StructType EXCHANGE =
      new StructType()
          .add("turn_index", DataTypes.IntegerType, false)
          .add("prompt", DataTypes.StringType, true)
          .add("response", DataTypes.StringType, true)
          .add("error_code", DataTypes.StringType, true);

  @Override
  public List<ScalarFunction> functions() {
    return List.of(exchanges(), conversationId());
  }

  private static ScalarFunction exchanges() {
    return ScalarFunction.named("bingoguard_exchanges")
        .gives(
            "Returns the exchanges of a conversation in order, as label makes them of a corpus: structs of turn_index (from 0), prompt, response, and the error_code of a piece that is no exchange; null for null.")
        .argument(ARGUMENT, new TextOrList(), MEANING)
        .example(
            "SELECT e.turn_index, e.prompt, e.response FROM (SELECT explode(_FUNC_('\\n\\nHuman: Hello\\n\\nAssistant: Hi')) AS e)",
            "0\tHello\tHi")
        .returning(
            DataTypes.createArrayType(EXCHANGE, false),
            (values, types) -> array(read(values[0], types[0]).pieces()));
  }

  private static ScalarFunction conversationId() {
    return ScalarFunction.named("bingoguard_conversation_id")
        .gives(
            "Returns the id that label gives to a conversation of a corpus without ids: SHA-256 over its messages, as in the column conversation_id; null for null.")
        .argument(ARGUMENT, new TextOrList(), MEANING)
        .example(
            "SELECT _FUNC_('[{\"role\": \"user\", \"content\": \"Hello\"}]') = _FUNC_(array(named_struct('from', 'human', 'value', 'Hello')))",
            "true")
        .returning(
            DataTypes.StringType,
            (values, types) -> UTF8String.fromString(read(values[0], types[0]).id()));
  }

  private static ConversationValue read(Object value, DataType type) {
    return ConversationValue.of(
        CatalystTypeConverters.createToScalaConverter(type).apply(value), type);
  }

  private static GenericArrayData array(List<ConversationValue.Piece> pieces) {
    List<Object> rows = new ArrayList<>();
    for (ConversationValue.Piece piece : pieces) {
      rows.add(
          new GenericInternalRow(
              new Object[] {
                rows.size(),
                text(piece.exchange().prompt()),
                text(piece.exchange().response()),
                text(piece.errorCode())
              }));
    }
    return new GenericArrayData(rows.toArray());
  }

  private static UTF8String text(Optional<String> text) {
    return text.map(UTF8String::fromString).orElse(null);
  }
}
