package io.bingoguard.model;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/** SHA-256 digests of files. */
public final class FileDigests {
  private static final int CHUNK_BYTES = 1 << 20;

  private FileDigests() {}

  /**
   * SHA-256 over the files' digests in the given order, one a line in hexadecimal digits. Files are
   * read in parallel: a large checkpoint comes in shards.
   */
  static String combined(List<Path> files) throws IOException {
    try {
      return combinedDigests(files.parallelStream().map(FileDigests::digest).toList());
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  /** SHA-256 over digests in the given order, one a line in hexadecimal digits. */
  static String combinedDigests(List<String> digests) {
    MessageDigest all = sha256();
    for (String digest : digests) {
      all.update((digest + "\n").getBytes(StandardCharsets.US_ASCII));
    }
    return HexFormat.of().formatHex(all.digest());
  }

  /** SHA-256 of bytes, 64 hexadecimal digits. */
  public static String sha256(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  /** SHA-256 of a file, 64 hexadecimal digits. */
  public static String sha256(Path file) throws IOException {
    try {
      return digest(file);
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }

  private static String digest(Path file) {
    MessageDigest digest = sha256();
    byte[] chunk = new byte[CHUNK_BYTES];
    try (InputStream in = Files.newInputStream(file)) {
      for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
        digest.update(chunk, 0, read);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
