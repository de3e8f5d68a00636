package io.bingoguard.label;

import io.bingoguard.guard.GuardException;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.DataFile;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads files before they are labelled, which does not count as reading them. */
final class ReadAhead {
  private final Corpus corpus;
  private final boolean quarantine;

  /**
   * Reading of a corpus.
   *
   * @param quarantine whether a file that cannot be read is left out: labelling meets it again, and
   *     tells
   */
  ReadAhead(Corpus corpus, boolean quarantine) {
    this.corpus = corpus;
    this.quarantine = quarantine;
  }

  /**
   * Reads files, as often as some have to be left out.
   *
   * @param reading called with files, at most once with none
   */
  <T> T read(List<DataFile> files, Function<List<DataFile>, T> reading) {
    List<DataFile> readable = new ArrayList<>(files);
    while (true) {
      try {
        return reading.apply(readable);
      } catch (Exception e) {
        // Spark's analysis errors are checked exceptions that its methods do not declare.
        Optional<String> bad = GuardException.in(e).flatMap(GuardException::file);
        if (!quarantine
            || bad.isEmpty()
            || !readable.removeIf(file -> file.path().equals(bad.get()))) {
          throw e;
        }
      } finally {
        corpus.countAnew();
      }
    }
  }
}
