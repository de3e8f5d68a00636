package io.bingoguard.guard;

import java.util.Objects;
import java.util.Optional;

/**
 * A user message and the assistant reply that directly follows it, the unit that is judged.
 *
 * @param prompt the user's message; absent when the reply has no user message before it
 * @param response the assistant's reply; absent when the message was not answered
 */
public record Exchange(Optional<String> prompt, Optional<String> response) {
  public Exchange {
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(response, "response");
  }

  public static Exchange of(String prompt, String response) {
    return new Exchange(Optional.of(prompt), Optional.of(response));
  }

  public static Exchange ofPrompt(String prompt) {
    return new Exchange(Optional.of(prompt), Optional.empty());
  }

  /**
   * SHA-256 over prompt and response, each as the length of its UTF-8 form (8 bytes, big-endian; -1
   * for a missing side) followed by that form. Lengths keep the border between the two apart.
   *
   * @return 64 hexadecimal digits
   */
  public String contentHash() {
    return ContentHash.of(this);
  }
}
