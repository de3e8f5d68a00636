package io.bingoguard.testing;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.FileUtil;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/** Puts tables aside and back, as somebody does who keeps copies. */
public final class TableCopy {
  private TableCopy() {}

  /** Puts a copy of a folder in the place of another, and lets Delta forget what was there. */
  public static void of(SparkSession spark, String from, String to) throws IOException {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    FileSystem files = FileSystem.getLocal(hadoop);
    files.delete(new Path(to), true);
    FileUtil.copy(files, new Path(from), files, new Path(to), false, hadoop);
    DeltaLog.clearCache();
  }
}
