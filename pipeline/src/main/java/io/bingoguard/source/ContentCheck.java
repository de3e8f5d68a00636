package io.bingoguard.source;

import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Refuses files whose beginnings show that they are not what their names say. */
final class ContentCheck {
  private static final int FILES_LOOKED_INTO = 100;
  private static final int BYTES_LOOKED_AT = 4096;

  /** A Git LFS pointer has at most this many bytes. */
  private static final int POINTER_BYTES = 1024;

  private final FileSystem system;
  private final CorpusFormat format;

  private ContentCheck(FileSystem system, CorpusFormat format) {
    this.system = system;
    this.format = format;
  }

  /**
   * Looks into some files of a corpus; of binary ones only into those small enough to deceive.
   *
   * @param passedOver those that are not looked into; gets the others that are refused
   */
  static void refuse(
      FileSystem system, CorpusFormat format, List<FileStatus> files, PassedOver passedOver) {
    ContentCheck check = new ContentCheck(system, format);
    List<Path> suspects =
        files.stream()
            .filter(file -> !passedOver.has(file.getPath().toString()))
            .filter(file -> format != CorpusFormat.PARQUET || file.getLen() <= POINTER_BYTES)
            .limit(FILES_LOOKED_INTO)
            .map(FileStatus::getPath)
            .toList();
    for (Path file : suspects) {
      try {
        check.look(file);
      } catch (GuardException refused) {
        passedOver.add(refused);
      } catch (IOException unreadable) {
        passedOver.add(SourceErrors.fileUnreadable(file.toString(), unreadable));
      }
    }
  }

  /** Refuses names that tell a compression which is not read. */
  static void refuseNames(String input, List<String> names) {
    for (String name : names) {
      Optional<String> ending = TextCodecs.unreadEnding(name);
      if (ending.isPresent()) {
        throw SourceErrors.sourceCompressionUnread(input, name, ending.get());
      }
    }
  }

  private void look(Path file) throws IOException {
    try (InputStream raw = system.open(file)) {
      FileSignature.of(raw.readNBytes(FileSignature.BYTES))
          // Compressed bytes may look like any text.
          .filter(kind -> !kind.encoding() && !expected(kind, file.getName()))
          .ifPresent(kind -> refuse(file, kind));
    }
    if (format == CorpusFormat.PARQUET) {
      return;
    }
    try (InputStream text = TextCodecs.open(system, file)) {
      byte[] head = text.readNBytes(BYTES_LOOKED_AT);
      FileSignature.of(head).ifPresent(kind -> refuse(file, kind));
      if (format == CorpusFormat.JSON_LINES && firstVisible(head) == '[') {
        throw SourceErrors.sourceJsonArray(file.toString());
      }
    }
  }

  private boolean expected(FileSignature kind, String name) {
    return kind.readAs(name) || (kind == FileSignature.PARQUET && format == CorpusFormat.PARQUET);
  }

  private static void refuse(Path file, FileSignature kind) {
    throw SourceErrors.sourceDisguised(file.toString(), kind);
  }

  private static int firstVisible(byte[] head) {
    for (byte letter : head) {
      // Bytes of a byte order mark are negative; JSON's own white space is at most a blank.
      if (letter > ' ') {
        return letter;
      }
    }
    return -1;
  }
}
