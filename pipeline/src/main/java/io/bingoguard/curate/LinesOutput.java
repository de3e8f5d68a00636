package io.bingoguard.curate;

import java.io.IOException;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.mapreduce.TaskAttemptContext;
import org.apache.hadoop.mapreduce.lib.output.TextOutputFormat;

/** Lines as they are, in files that are named as JSON Lines, packed ones by their codec. */
public final class LinesOutput extends TextOutputFormat<NullWritable, Text> {
  @Override
  public Path getDefaultWorkFile(TaskAttemptContext context, String ending) throws IOException {
    return super.getDefaultWorkFile(context, ".jsonl" + ending);
  }
}
