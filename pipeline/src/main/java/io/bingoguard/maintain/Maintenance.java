package io.bingoguard.maintain;

import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.TableFiles;
import io.bingoguard.table.TableUpkeep;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/** Looks after the tables of one output; nothing else in its directory is touched. */
public final class Maintenance {
  private final List<TableUpkeep> tables;
  private final OptionalInt retainDays;

  private Maintenance(List<TableUpkeep> tables, OptionalInt retainDays) {
    this.tables = tables;
    this.retainDays = retainDays;
  }

  /**
   * Finds the tables of an output, and changes nothing.
   *
   * @param retainDays for how many days versions can be read that are no longer the latest; absent
   *     for as many as each table says, seven usually
   * @throws io.bingoguard.guard.GuardException OUTPUT_MISSING
   */
  public static Maintenance of(SparkSession spark, OutputDirectory output, OptionalInt retainDays) {
    List<TableUpkeep> tables = TableUpkeep.of(spark, output);
    if (tables.isEmpty()) {
      throw MaintainErrors.outputHasNoTables(output.root());
    }
    return new Maintenance(tables, retainDays);
  }

  /**
   * What would be deleted now. What compaction brings together is known only when it is done.
   *
   * @param busyWith told what is looked at
   * @throws io.bingoguard.guard.GuardException TABLE_NOT_MAINTAINED
   */
  public List<TableMaintenance> plan(Consumer<String> busyWith) {
    return each(
        table -> {
          busyWith.accept("Looking at the table " + table.name());
          TableFiles files = table.current();
          return new TableMaintenance(table.name(), files, files, table.unneeded(retainDays));
        });
  }

  /**
   * Compacts each table, then deletes what it no longer needs.
   *
   * @param busyWith told what is done
   * @throws io.bingoguard.guard.GuardException TABLE_NOT_MAINTAINED; the tables before are done
   *     then, and all of them are whole
   */
  public List<TableMaintenance> execute(Consumer<String> busyWith) {
    return each(
        table -> {
          busyWith.accept("Compacting the table " + table.name());
          TableFiles before = table.current();
          table.compact();
          busyWith.accept("Deleting old files of the table " + table.name());
          TableFiles deleted = table.deleteUnneeded(retainDays);
          return new TableMaintenance(table.name(), before, table.current(), deleted);
        });
  }

  private List<TableMaintenance> each(Work work) {
    List<TableMaintenance> done = new ArrayList<>();
    for (TableUpkeep table : tables) {
      try {
        done.add(work.on(table));
      } catch (Exception e) {
        // Delta's analysis errors are checked exceptions that its methods do not declare.
        throw MaintainErrors.tableNotMaintained(table.path(), e);
      }
    }
    return done;
  }

  /** What is done with one table. */
  @FunctionalInterface
  private interface Work {
    TableMaintenance on(TableUpkeep table) throws IOException;
  }
}
