package io.bingoguard.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.Reader;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Splits text into records of CSV, and tells of each whether it is well formed. Libraries that were
 * looked at, Spark's own among them, either end at the first stray quote or take the field for text
 * as it stands, quotes and escapes included, which nobody would see.
 *
 * <p>A record ends at a line end outside quotes; blank lines are none. A quoted field ends at a
 * quote before a delimiter or a line end, blanks between them aside. Fields keep their blanks and
 * line ends. A quote within a field that has none at its start is a letter.
 */
final class CsvRecords implements Closeable {
  /** No message is as long; what is comes from a quote that nobody closed. */
  static final int LONGEST_RECORD = 1 << 28;

  private static final int END = -1;
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  /** How a first line begins that tells spreadsheets the delimiter, which ends it. */
  private static final String DELIMITER_LINE = "sep=";

  private final Reader text;
  private final CsvDialect dialect;
  private final int longest;
  private final char[] buffer = new char[1 << 16];
  private int position;
  private int filled;
  private boolean returnsEndRecords;
  private boolean lineEndSeen;

  private final StringBuilder raw = new StringBuilder();
  private boolean strayQuote;
  private boolean unclosed;

  CsvRecords(Reader text, CsvDialect dialect) throws IOException {
    this(text, dialect, LONGEST_RECORD);
  }

  CsvRecords(Reader text, CsvDialect dialect, int longest) throws IOException {
    this.text = text;
    this.dialect = dialect;
    this.longest = longest;
    if (peek() == BYTE_ORDER_MARK) {
      position++;
    }
    skipDelimiterLine();
  }

  private void skipDelimiterLine() throws IOException {
    while (filled - position <= DELIMITER_LINE.length() + 1 && fill() > 0) {}
    if (filled - position > DELIMITER_LINE.length() + 1
        && DELIMITER_LINE.contentEquals(CharBuffer.wrap(buffer, position, DELIMITER_LINE.length()))
        && "\r\n".indexOf(buffer[position + DELIMITER_LINE.length() + 1]) >= 0) {
      position += DELIMITER_LINE.length() + 1;
      takeLineEnd();
    }
  }

  /**
   * The next record.
   *
   * @throws IOException also when a record is longer than any can be
   */
  Optional<CsvRecord> next() throws IOException {
    while (atLineEnd()) {
      takeLineEnd();
    }
    if (peek() == END) {
      return Optional.empty();
    }
    raw.setLength(0);
    strayQuote = false;
    unclosed = false;
    List<String> values = new ArrayList<>();
    values.add(field());
    while (peek() == dialect.delimiter()) {
      take();
      values.add(field());
    }
    CsvRecord record =
        new CsvRecord(Collections.unmodifiableList(values), raw.toString(), strayQuote, unclosed);
    takeLineEnd();
    return Optional.of(record);
  }

  private String field() throws IOException {
    StringBuilder value = new StringBuilder();
    if (dialect.quotes() && peek() == dialect.quote()) {
      take();
      quoted(value);
    } else {
      while (peek() != dialect.delimiter() && peek() != END && !atLineEnd()) {
        value.append(take());
      }
    }
    return value.isEmpty() ? null : value.toString();
  }

  private void quoted(StringBuilder value) throws IOException {
    while (peek() != END) {
      char letter = take();
      if (letter == '\\' && dialect.escape() == CsvEscape.BACKSLASH) {
        value.append(peek() == dialect.quote() || peek() == '\\' ? take() : letter);
      } else if (letter != dialect.quote()) {
        value.append(letter);
      } else if (dialect.escape() == CsvEscape.DOUBLED && peek() == dialect.quote()) {
        value.append(take());
      } else {
        String blanks = blanks();
        if (peek() == dialect.delimiter() || peek() == END || atLineEnd()) {
          return;
        }
        strayQuote = true;
        value.append(letter).append(blanks);
      }
    }
    unclosed = true;
  }

  private String blanks() throws IOException {
    StringBuilder blanks = new StringBuilder();
    while ((peek() == ' ' || peek() == '\t') && peek() != dialect.delimiter()) {
      blanks.append(take());
    }
    return blanks.toString();
  }

  /** A lone carriage return ends records only where the first one ends so. */
  private boolean atLineEnd() throws IOException {
    int letter = peek();
    if (letter != '\r') {
      return letter == '\n';
    }
    if (position + 1 == filled) {
      fill();
    }
    boolean lineFeedFollows = position + 1 < filled && buffer[position + 1] == '\n';
    return lineFeedFollows || returnsEndRecords || !lineEndSeen;
  }

  private void takeLineEnd() throws IOException {
    if (!atLineEnd()) {
      return;
    }
    boolean carriageReturn = peek() == '\r';
    position++;
    if (carriageReturn && peek() == '\n') {
      position++;
    } else if (!lineEndSeen) {
      returnsEndRecords = carriageReturn;
    }
    lineEndSeen = true;
  }

  private int peek() throws IOException {
    if (position == filled) {
      fill();
    }
    return position == filled ? END : buffer[position];
  }

  private char take() throws IOException {
    char letter = (char) peek();
    position++;
    if (raw.length() == longest) {
      throw new IOException(
          "a record has more than %d characters; a quote may not be closed".formatted(longest));
    }
    raw.append(letter);
    return letter;
  }

  /** Reads on, keeping what has not been taken yet; returns the number of letters read. */
  private int fill() throws IOException {
    int kept = filled - position;
    System.arraycopy(buffer, position, buffer, 0, kept);
    position = 0;
    filled = kept;
    int read = text.read(buffer, kept, buffer.length - kept);
    filled += Math.max(0, read);
    return read;
  }

  @Override
  public void close() throws IOException {
    text.close();
  }
}
