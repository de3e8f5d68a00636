package io.bingoguard.spark.sql;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.types.AbstractDataType;
import org.apache.spark.sql.types.DataType;

/**
 * A function of some arguments of the same row. A null among them gives null, unless the function
 * takes nulls.
 *
 * @param name as queries call it
 * @param inputTypes what each argument is cast to, or refused
 * @param takesNulls whether the body sees nulls
 * @param result type of the value
 * @param body computes it
 * @param manual documents it
 */
public record ScalarFunction(
    String name,
    List<AbstractDataType> inputTypes,
    boolean takesNulls,
    DataType result,
    ScalarBody body,
    Manual manual)
    implements Serializable {
  public ScalarFunction {
    Objects.requireNonNull(name, "name");
    inputTypes = List.copyOf(inputTypes);
    Objects.requireNonNull(result, "result");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(manual, "manual");
  }

  /** Begins the description of a function. */
  public static Builder named(String name) {
    return new Builder(name);
  }

  SqlFunction sql() {
    return new SqlFunction(
        name,
        manual.info(name, ScalarCall.class, "misc_funcs"),
        inputTypes.size(),
        inputTypes.size(),
        arguments -> new ScalarCall(this, arguments));
  }

  /** Puts a function together. */
  public static final class Builder {
    private final String name;
    private final List<AbstractDataType> types = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<Manual.Example> examples = new ArrayList<>();
    private String usage = "";
    private boolean takesNulls;

    private Builder(String name) {
      this.name = name;
    }

    /** What it gives, in words that follow its call. */
    public Builder gives(String what) {
      usage = what;
      return this;
    }

    /** Its next argument. */
    public Builder argument(String argument, AbstractDataType type, String meaning) {
      types.add(type);
      arguments.add(argument + " - " + meaning);
      return this;
    }

    /** A query, with {@code _FUNC_} for the name, and what it gives. */
    public Builder example(String query, String value) {
      examples.add(new Manual.Example(query, value));
      return this;
    }

    /** Nulls among the arguments mean something. */
    public Builder takingNulls() {
      takesNulls = true;
      return this;
    }

    /** The function, whole. */
    public ScalarFunction returning(DataType result, ScalarBody body) {
      List<String> names = arguments.stream().map(each -> each.split(" - ", 2)[0]).toList();
      return new ScalarFunction(
          name,
          types,
          takesNulls,
          result,
          body,
          new Manual(
              "_FUNC_(%s) - %s".formatted(String.join(", ", names), usage), arguments, examples));
    }
  }
}
