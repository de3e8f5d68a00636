package io.bingoguard.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/** How {@link Exchange#contentHash} is computed. */
final class ContentHash {
  private ContentHash() {}

  static String of(Exchange exchange) {
    MessageDigest digest = Sha256.digest();
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
