package io.bingoguard.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The {@code content_hash} of an exchange: SHA-256 over both texts, each as a four-byte big-endian
 * length (-1 when the text is missing) and its UTF-8 bytes. A missing text and an empty one differ,
 * and no text can run into the other.
 */
public final class ContentHash {
  private static final int MISSING = -1;

  private ContentHash() {}

  /** 64 lower-case hexadecimal digits. */
  public static String of(Exchange exchange) {
    MessageDigest digest = sha256();
    update(digest, exchange.prompt());
    update(digest, exchange.response());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void update(MessageDigest digest, Optional<String> text) {
    byte[] bytes = text.orElse("").getBytes(StandardCharsets.UTF_8);
    int length = text.isPresent() ? bytes.length : MISSING;
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(length).array());
    digest.update(bytes);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
