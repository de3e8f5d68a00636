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

  /** The text that bytes hold in UTF-8; raw bytes where they hold none. */
  static Object textOf(byte[] bytes) {
    try {
      // Unlike new String, a decoder does not replace what it cannot read.
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException noText) {
      return new RawBytes(HexFormat.of().formatHex(bytes));
    }
  }

  /** The usual notation of a UUID that is stored as bytes. */
  static Object uuidOf(byte[] bytes) {
    if (bytes.length != UUID_BYTES) {
      return new RawBytes(HexFormat.of().formatHex(bytes));
    }
    ByteBuffer halves = ByteBuffer.wrap(bytes);
    return new UUID(halves.getLong(), halves.getLong()).toString();
  }
}
