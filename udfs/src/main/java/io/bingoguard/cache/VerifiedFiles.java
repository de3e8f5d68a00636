package io.bingoguard.cache;

import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.files.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The record beside a copy of what its files were like when their digests were found right. A
 * record that cannot be understood counts as none: the digests are computed again.
 */
final class VerifiedFiles {
  private static final String FORMAT = "bingoguard-verified/1 ";
  private static final Pattern LINE = Pattern.compile("(\\d{1,18}) (\\S+) (.+)");

  private VerifiedFiles() {}

  /** Stamps by file name; empty if the record is of another manifest or there is none. */
  static Map<String, FileStamp> read(Path record, BundleManifest manifest) throws IOException {
    if (!Files.exists(record)) {
      return Map.of();
    }
    List<String> lines = Files.readAllLines(record, StandardCharsets.ISO_8859_1);
    if (lines.isEmpty() || !lines.get(0).equals(FORMAT + manifest.sha256())) {
      return Map.of();
    }
    Map<String, FileStamp> stamps = new HashMap<>();
    for (String line : lines.subList(1, lines.size())) {
      Matcher entry = LINE.matcher(line);
      if (entry.matches()) {
        stamps.put(entry.group(3), new FileStamp(Long.parseLong(entry.group(1)), entry.group(2)));
      }
    }
    return stamps;
  }

  static void write(Path record, BundleManifest manifest, Map<String, FileStamp> stamps)
      throws IOException {
    StringBuilder text = new StringBuilder(FORMAT).append(manifest.sha256()).append('\n');
    stamps.forEach(
        (name, stamp) ->
            text.append(stamp.size())
                .append(' ')
                .append(stamp.modified())
                .append(' ')
                .append(name)
                .append('\n'));
    Folders.write(record, text.toString());
  }
}
