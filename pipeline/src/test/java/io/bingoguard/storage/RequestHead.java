package io.bingoguard.storage;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The beginning of an HTTP request.
 *
 * @param text request line and headers with the empty line behind them, as they came
 */
record RequestHead(String text) {
  private static final int MOST = 1 << 16;
  private static final Pattern LENGTH =
      Pattern.compile("^content-length: *(\\d+)", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern CHUNKED =
      Pattern.compile("^transfer-encoding:", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);
  private static final Pattern WAITS =
      Pattern.compile("^expect: *100-continue", Pattern.CASE_INSENSITIVE | Pattern.MULTILINE);

  /** Reads a head and nothing behind it; empty when the client has closed the connection. */
  static Optional<RequestHead> read(InputStream in) throws IOException {
    ByteArrayOutputStream read = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      read.write(b);
      if (b == '\n' && read.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
        return Optional.of(new RequestHead(read.toString(StandardCharsets.ISO_8859_1)));
      }
      if (read.size() > MOST) {
        throw new IOException("a request whose headers have more than " + MOST + " bytes");
      }
    }
    return Optional.empty();
  }

  byte[] bytes() {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  /** Bytes of the body; S3 clients always say how many. */
  long bodyLength() throws IOException {
    if (CHUNKED.matcher(text).find()) {
      throw new IOException("a request whose length is not told:\n" + text);
    }
    Matcher length = LENGTH.matcher(text);
    return length.find() ? Long.parseLong(length.group(1)) : 0;
  }

  /** Whether the client sends the body only when it is asked to. */
  boolean waitsBeforeBody() {
    return WAITS.matcher(text).find();
  }

  boolean answeredWithoutBody() {
    return text.startsWith("HEAD ");
  }
}
