package io.bingoguard.spark.sql;

import java.util.ServiceLoader;
import org.apache.spark.sql.SparkSessionExtensions;

/** Everything that a session gets. */
public final class GuardSql {
  private GuardSql() {}

  public static void inject(SparkSessionExtensions extensions) {
    GuardFunctions.all().forEach(function -> function.sql().inject(extensions));
    for (FunctionSource source :
        ServiceLoader.load(FunctionSource.class, GuardSql.class.getClassLoader())) {
      source.functions().forEach(function -> function.sql().inject(extensions));
    }
    CategoryName.function().inject(extensions);
    Rollup.function().inject(extensions);
    LabelCall.function().inject(extensions);
    extensions.injectOptimizerRule(session -> new LabelExtraction());
    extensions.injectPlannerStrategy(LabelStrategy::new);
  }
}
