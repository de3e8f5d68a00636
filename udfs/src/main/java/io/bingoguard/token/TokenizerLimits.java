package io.bingoguard.token;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;

/** What of a {@code tokenizer.json} cannot be done such that ids are those of the library. */
final class TokenizerLimits {
  private static final String BYTE_LEVEL = "ByteLevel";

  private TokenizerLimits() {}

  /** Throws, with the field and what is in it, for a tokenizer that is not to be used. */
  static void refuse(JsonNode root) throws IOException {
    JsonNode model = root.path("model");
    // Older releases of the library leave the type out.
    String type = model.path("type").asText(model.path("merges").isArray() ? "BPE" : "missing");
    if (!type.equals("BPE")) {
      throw new IOException("model.type is " + type + "; only BPE tokenizers are supported");
    }
    if (!model.path("vocab").isObject() || model.path("vocab").isEmpty()) {
      throw new IOException("model.vocab is not an object; only BPE tokenizers are supported");
    }
    if (model.path("dropout").asDouble() != 0) {
      throw new IOException(
          "model.dropout is " + model.path("dropout") + ", so that ids would be drawn by chance");
    }
    if (dropsCharacters(root)) {
      throw new IOException(
          "characters that the vocabulary does not have would be dropped: it is not byte-level and has neither byte_fallback nor unk_token");
    }
    for (JsonNode token : root.path("added_tokens")) {
      refuse(token, normalizes(root.path("normalizer")));
    }
  }

  private static void refuse(JsonNode token, boolean normalizes) throws IOException {
    String spelling = token.path("content").asText();
    // Such a token would swallow white space or letters of the text beside it.
    for (String flag : new String[] {"lstrip", "rstrip", "single_word"}) {
      if (token.path(flag).asBoolean()) {
        throw new IOException("added token " + spelling + " has " + flag + ", not supported");
      }
    }
    if (token.path("special").asBoolean() && token.path("normalized").asBoolean() && normalizes) {
      throw new IOException(
          "special token "
              + spelling
              + " has normalized, so that it would be looked for in normalised text; not supported beside a normalizer");
    }
  }

  private static boolean normalizes(JsonNode normalizer) {
    return normalizer.isObject()
        && !(normalizer.path("type").asText().equals("Sequence")
            && normalizer.path("normalizers").isEmpty());
  }

  private static boolean dropsCharacters(JsonNode root) {
    JsonNode model = root.path("model");
    return !model.path("byte_fallback").asBoolean()
        && model.path("unk_token").asText("").isEmpty()
        && !has(BYTE_LEVEL, root.path("pre_tokenizer"))
        && !has(BYTE_LEVEL, root.path("normalizer"));
  }

  private static boolean has(String type, JsonNode step) {
    if (step.path("type").asText().equals(type)) {
      return true;
    }
    for (String list : new String[] {"pretokenizers", "normalizers"}) {
      for (JsonNode inner : step.path(list)) {
        if (has(type, inner)) {
          return true;
        }
      }
    }
    return false;
  }
}
