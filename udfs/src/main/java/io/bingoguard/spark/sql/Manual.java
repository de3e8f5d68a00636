package io.bingoguard.spark.sql;

import java.io.Serializable;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.ExpressionInfo;

/**
 * What {@code DESCRIBE FUNCTION EXTENDED} says of a function.
 *
 * @param usage what it gives, in one paragraph
 * @param arguments a line each, with the argument's name first
 * @param examples pairs of a query, with {@code _FUNC_} for the name, and the value that it gives
 */
record Manual(String usage, List<String> arguments, List<Example> examples)
    implements Serializable {
  /** The release that brought these functions. */
  private static final String SINCE = "0.1.0";

  private static final String CALLED_FROM = "java_udf";

  /** A query and what it gives. */
  record Example(String query, String value) implements Serializable {}

  Manual {
    Objects.requireNonNull(usage, "usage");
    arguments = List.copyOf(arguments);
    examples = List.copyOf(examples);
  }

  ExpressionInfo info(String name, Class<?> expression, String group) {
    return new ExpressionInfo(
        expression.getName(),
        null,
        name,
        usage,
        section(
            "Arguments",
            arguments.stream().map("      * %s\n"::formatted).collect(Collectors.joining())),
        section(
            "Examples",
            examples.stream()
                .map(each -> "      > %s;\n       %s\n".formatted(each.query(), each.value()))
                .collect(Collectors.joining())),
        "",
        group,
        SINCE,
        "",
        CALLED_FROM);
  }

  /** As Spark lays out those of its own functions. */
  private static String section(String title, String lines) {
    return "\n    %s:\n%s  ".formatted(title, lines);
  }
}
