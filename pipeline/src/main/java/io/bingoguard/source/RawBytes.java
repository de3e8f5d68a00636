package io.bingoguard.source;

import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Objects;
import java.util.UUID;

/**
 * Bytes that are no text.
 *
 * @param hex their hexadecimal digits, which tell them from others
 */
record RawBytes(String hex) implements Serializable {
  private static final int UUID_BYTES = 16;

  RawBytes {
    Objects.requireNonNull(hex, "hex");
  }

  static RawBytes of(byte[] bytes) {
    return new RawBytes(HexFormat.of().formatHex(bytes));
  }

  /** The text that bytes hold in UTF-8; raw bytes where they hold none. */
  static Object textOf(byte[] bytes) {
    try {
      // Unlike new String, a decoder does not replace what it cannot read.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException noText) {
      return of(bytes);
    }
  }

  /** A name for the bytes: 16 of them in the usual notation of UUIDs, others as digits. */
  String name() {
    byte[] bytes = HexFormat.of().parseHex(hex);
    if (bytes.length != UUID_BYTES) {
      return hex;
    }
    ByteBuffer halves = ByteBuffer.wrap(bytes);
    return new UUID(halves.getLong(), halves.getLong()).toString();
  }
}
