package io.bingoguard.label;

import io.bingoguard.pipeline.PipelineErrors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.SortedSet;
import java.util.TreeSet;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Names an input, and the state it is in, by digests. */
final class InputIdentity {
  private static final int KEY_DIGITS = 16;

  private InputIdentity() {}

  /** Names the input and how it is read, whatever its files hold at the moment. */
  static String key(LabelInput input) {
    return digest(input.location() + "\n" + input.layout()).substring(0, KEY_DIGITS);
  }

  /** Names the input, how it is read, and its files by path, length and modification time. */
  static String fingerprint(LabelInput input, Configuration hadoop) {
    SortedSet<String> files = new TreeSet<>();
    try {
      Path root = new Path(input.location());
      FileSystem system = root.getFileSystem(hadoop);
      RemoteIterator<LocatedFileStatus> listed = system.listFiles(root, true);
      while (listed.hasNext()) {
        LocatedFileStatus file = listed.next();
        files.add(file.getPath() + " " + file.getLen() + " " + file.getModificationTime());
      }
    } catch (IOException e) {
      throw PipelineErrors.inputUnlisted(input.location(), e);
    }
    return digest(input.layout() + "\n" + String.join("\n", files));
  }

  private static String digest(String text) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(sha256.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
