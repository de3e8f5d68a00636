package io.bingoguard.spark.sql;

import java.util.List;

/**
 * Functions of another module, which the extension finds as {@link java.util.ServiceLoader} finds
 * services: so one setting brings all that the classpath has.
 */
public interface FunctionSource {
  List<ScalarFunction> functions();
}
