package io.bingoguard.spark;

import io.bingoguard.spark.sql.GuardSql;
import org.apache.spark.sql.SparkSessionExtensions;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * Gives a session the functions {@code bingoguard_*}: {@code
 * spark.sql.extensions=io.bingoguard.spark.BingoGuardExtensions}. {@code DESCRIBE FUNCTION
 * EXTENDED} documents each.
 */
public final class BingoGuardExtensions
    extends AbstractFunction1<SparkSessionExtensions, BoxedUnit> {
  @Override
  public BoxedUnit apply(SparkSessionExtensions extensions) {
    GuardSql.inject(extensions);
    return BoxedUnit.UNIT;
  }
}
