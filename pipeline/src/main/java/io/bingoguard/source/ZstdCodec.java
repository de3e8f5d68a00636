package io.bingoguard.source;

import com.github.luben.zstd.ZstdInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionInputStream;
import org.apache.hadoop.io.compress.CompressionOutputStream;
import org.apache.hadoop.io.compress.Compressor;
import org.apache.hadoop.io.compress.Decompressor;

/**
 * Reads files ending in {@code .zst} through Hadoop, with the decoder that Spark brings. A file is
 * read by one task, as with gzip. Nothing is written.
 */
final class ZstdCodec implements CompressionCodec {
  /** Corpora are often packed with {@code zstd --long=31}: a window of 2 GiB. */
  private static final int LARGEST_WINDOW_BITS = 31;

  @Override
  public CompressionInputStream createInputStream(InputStream in) throws IOException {
    return new Unpacked(new ZstdInputStream(in).setLongMax(LARGEST_WINDOW_BITS));
  }

  @Override
  public CompressionInputStream createInputStream(InputStream in, Decompressor unused)
      throws IOException {
    return createInputStream(in);
  }

  /** None: the stream unpacks by itself. */
  @Override
  public Class<? extends Decompressor> getDecompressorType() {
    return null;
  }

  @Override
  public Decompressor createDecompressor() {
    return null;
  }

  @Override
  public String getDefaultExtension() {
    return ".zst";
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out) {
    throw readsOnly();
  }

  @Override
  public CompressionOutputStream createOutputStream(OutputStream out, Compressor compressor) {
    throw readsOnly();
  }

  @Override
  public Class<? extends Compressor> getCompressorType() {
    throw readsOnly();
  }

  @Override
  public Compressor createCompressor() {
    throw readsOnly();
  }

  private static UnsupportedOperationException readsOnly() {
    return new UnsupportedOperationException("this codec only reads");
  }

  private static final class Unpacked extends CompressionInputStream {
    private Unpacked(InputStream text) throws IOException {
      super(text);
    }

    @Override
    public int read() throws IOException {
      return in.read();
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      return in.read(bytes, offset, length);
    }

    @Override
    public void resetState() {
      throw new UnsupportedOperationException("a Zstandard stream is read once, from its start");
    }
  }
}
