package io.bingoguard.label;

import io.bingoguard.guard.Sha256;
import io.bingoguard.source.Corpus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.LocatedFileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.fs.RemoteIterator;

/** Names an input, and the state it is in. */
final class InputIdentity {
  private static final int KEY_DIGITS = 16;

  private final Corpus corpus;
  private final Path path;
  private final FileSystem files;

  private InputIdentity(Corpus corpus, Path path, FileSystem files) {
    this.corpus = corpus;
    this.path = path;
    this.files = files;
  }

  static InputIdentity of(Corpus corpus, Configuration hadoop) {
    try {
      Path path = new Path(corpus.path());
      FileSystem files = path.getFileSystem(hadoop);
      return new InputIdentity(corpus, files.makeQualified(path), files);
    } catch (IOException e) {
      throw LabelErrors.sourceUnreadable(corpus.input(), e);
    }
  }

  /** The input's path, qualified with its file system. */
  Path path() {
    return path;
  }

  /** Names the input, whatever its files hold at the moment and however they are read. */
  String pathKey() {
    return key(path.toString());
  }

  /** Names the input and how it is read, whatever its files hold at the moment. */
  String key() {
    return pathKey() + "-" + key(corpus.textLayout());
  }

  private static String key(String name) {
    return Sha256.of(List.of(name)).substring(0, KEY_DIGITS);
  }

  /** Names how the input is read, and its files by path, length and modification time. */
  String fingerprint() {
    List<String> state = new ArrayList<>();
    try {
      RemoteIterator<LocatedFileStatus> listed = files.listFiles(path, true);
      while (listed.hasNext()) {
        LocatedFileStatus file = listed.next();
        state.add(file.getPath() + " " + file.getLen() + " " + file.getModificationTime());
      }
    } catch (IOException e) {
      throw LabelErrors.sourceUnreadable(corpus.input(), e);
    }
    Collections.sort(state);
    state.add(corpus.textLayout());
    return Sha256.of(state);
  }
}
