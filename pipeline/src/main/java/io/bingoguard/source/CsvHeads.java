package io.bingoguard.source;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;

/** Reads the header lines of CSV files. Spark is asked once what the columns of a line are. */
final class CsvHeads implements FileHeads.Reading {
  private static final int LONGEST = 1 << 20;
  private static final Pattern LINE_ENDS = Pattern.compile("\\A[\r\n]+|[\r\n]+\\z");
  private static final String BYTE_ORDER_MARK = "\uFEFF";

  private final SparkSession session;
  private final Map<String, String> options;
  private final Configuration hadoop;
  private final Map<String, FileHead> heads = new ConcurrentHashMap<>();

  CsvHeads(SparkSession session, Map<String, String> options) {
    this.session = session;
    this.options = options;
    this.hadoop = session.sessionState().newHadoopConf();
  }

  @Override
  public FileHead head(DataFile file) throws IOException {
    return heads.computeIfAbsent(line(file), this::columns);
  }

  private FileHead columns(String line) {
    Dataset<String> header =
        session.createDataset(line.isEmpty() ? List.of() : List.of(line), Encoders.STRING());
    return FileHead.of(session.read().options(options).csv(header).schema());
  }

  /** The first line that is not blank; line ends within quotes belong to it. */
  private String line(DataFile file) throws IOException {
    Path path = new Path(file.path());
    Configuration settings = ColonNames.configuration(hadoop, file.path());
    CompressionCodec codec = new CompressionCodecFactory(settings).getCodec(path);
    ByteArrayOutputStream line = new ByteArrayOutputStream();
    try (InputStream raw = path.getFileSystem(settings).open(path);
        InputStream text = codec == null ? raw : codec.createInputStream(raw)) {
      InputStream buffered = new BufferedInputStream(text);
      boolean quoted = false;
      boolean blank = true;
      for (int letter = buffered.read(); letter >= 0; letter = buffered.read()) {
        quoted ^= letter == '"';
        blank &= letter == '\r' || letter == '\n';
        if (line.size() >= LONGEST || (letter == '\n' && !quoted && !blank)) {
          break;
        }
        line.write(letter);
      }
    }
    String header = line.toString(StandardCharsets.UTF_8);
    return LINE_ENDS
        .matcher(header.startsWith(BYTE_ORDER_MARK) ? header.substring(1) : header)
        .replaceAll("");
  }
}
