package io.bingoguard.cli;

import java.io.FilterWriter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;

/**
 * Writes {@link TerminalText}. Each piece is looked at by itself, so one should hold whole letters.
 */
final class TerminalWriter extends FilterWriter {
  private TerminalWriter(Writer out) {
    super(out);
  }

  /** What is printed to the result reaches {@code out} as a terminal may show it. */
  static PrintWriter over(PrintWriter out) {
    return new PrintWriter(new TerminalWriter(out), true);
  }

  @Override
  public void write(int character) throws IOException {
    out.write(TerminalText.of(Character.toString((char) character)));
  }

  @Override
  public void write(char[] characters, int offset, int length) throws IOException {
    write(new String(characters, offset, length), 0, length);
  }

  @Override
  public void write(String text, int offset, int length) throws IOException {
    out.write(TerminalText.of(text.substring(offset, offset + length)));
  }
}
