package io.bingoguard.spark;

import io.bingoguard.guard.Exchange;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/** Identity of an exchange's content. */
public final class ContentHash {
  private ContentHash() {}

  /**
   * SHA-256 over prompt and response, each as the length of its UTF-8 form (8 bytes, big-endian; -1
   * for a missing side) followed by that form. Lengths keep the border between the two apart.
   *
   * @return 64 hexadecimal digits
   */
  public static String of(Exchange exchange) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    add(digest, exchange.prompt());
    add(digest, exchange.response());
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, Optional<String> text) {
    Optional<byte[]> bytes = text.map(present -> present.getBytes(StandardCharsets.UTF_8));
    long length = bytes.map(present -> (long) present.length).orElse(-1L);
    digest.update(ByteBuffer.allocate(Long.BYTES).putLong(length).array());
    bytes.ifPresent(digest::update);
  }
}
