package io.bingoguard.cache;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSInputStream;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RawLocalFileSystem;

/**
 * The local disk as a remote file system, {@code counted:}. On request every read of any process is
 * logged to one file, and reads can be made to fail, to wait or to give other bytes.
 */
public final class CountedFileSystem extends RawLocalFileSystem {
  private static final String LOG = "counted.log";
  private static final String ALTERED = "counted.altered";
  private static final String FAILING = "counted.failing";
  private static final String FAILING_FROM = "counted.failing.from";
  private static final String GATE = "counted.gate";
  private static final String GATE_FROM = "counted.gate.from";

  /** A configuration that knows the file system and logs reads to a file. */
  public static Configuration configuration(java.nio.file.Path log) {
    Configuration hadoop = new Configuration(false);
    hadoop.set("fs.counted.impl", CountedFileSystem.class.getName());
    hadoop.set("fs.counted.impl.disable.cache", "true");
    hadoop.set("fs.file.impl", "org.apache.hadoop.fs.LocalFileSystem");
    hadoop.set(LOG, log.toString());
    return hadoop;
  }

  /** From now on, one byte of a file is another. */
  static void alter(Configuration hadoop, String file) {
    hadoop.set(ALTERED, file);
  }

  /** From now on, a file cannot be read from some byte on. */
  static void failFrom(Configuration hadoop, String file, long position) {
    hadoop.set(FAILING, file);
    hadoop.setLong(FAILING_FROM, position);
  }

  /** Back to how it was. */
  static void heal(Configuration hadoop) {
    List.of(ALTERED, FAILING, GATE).forEach(hadoop::unset);
  }

  /**
   * From now on, weights can be read from some byte on only when a file exists; beside it, {@code
   * .reached} is made when a read waits for that.
   */
  static void gate(Configuration hadoop, java.nio.file.Path gate, long position) {
    hadoop.set(GATE, gate.toString());
    hadoop.setLong(GATE_FROM, position);
  }

  /** Bytes of a file that were read, by all processes together. */
  public static long bytesRead(java.nio.file.Path log, String file) throws IOException {
    return Files.exists(log)
        ? Files.readAllLines(log).stream()
            .map(line -> line.split(" ", -1))
            .filter(read -> read[0].equals(file))
            .mapToLong(read -> Long.parseLong(read[1]))
            .sum()
        : 0;
  }

  @Override
  public URI getUri() {
    return URI.create("counted:///");
  }

  @Override
  public FSDataInputStream open(Path path, int bufferBytes) throws IOException {
    return new FSDataInputStream(new Counted(super.open(path, bufferBytes), path.getName()));
  }

  private final class Counted extends FSInputStream {
    private final FSDataInputStream in;
    private final String file;

    Counted(FSDataInputStream in, String file) {
      this.in = in;
      this.file = file;
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
      long position = in.getPos();
      before(position);
      return after(position, buffer, offset, in.read(buffer, offset, length));
    }

    @Override
    public int read(long position, byte[] buffer, int offset, int length) throws IOException {
      before(position);
      return after(position, buffer, offset, in.read(position, buffer, offset, length));
    }

    private void before(long position) throws IOException {
      Configuration conf = getConf();
      if (file.equals(conf.get(FAILING)) && position >= conf.getLong(FAILING_FROM, 0)) {
        throw new IOException("the line went dead");
      }
      String gate = conf.get(GATE);
      boolean gated = gate != null && file.endsWith(".safetensors");
      if (gated && position >= conf.getLong(GATE_FROM, 0)) {
        Files.writeString(java.nio.file.Path.of(gate + ".reached"), "");
        ChildFetch.awaitFile(java.nio.file.Path.of(gate));
      }
    }

    private int after(long position, byte[] buffer, int offset, int count) {
      if (count > 0) {
        log(getConf().get(LOG), count);
        if (position == 0 && file.equals(getConf().get(ALTERED))) {
          buffer[offset] ^= 1;
        }
      }
      return count;
    }

    private void log(String log, int count) {
      if (log == null) {
        return;
      }
      try {
        Files.writeString(
            java.nio.file.Path.of(log),
            file + " " + count + "\n",
            StandardOpenOption.CREATE,
            StandardOpenOption.APPEND);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void seek(long position) throws IOException {
      in.seek(position);
    }

    @Override
    public long getPos() throws IOException {
      return in.getPos();
    }

    @Override
    public boolean seekToNewSource(long target) {
      return false;
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
