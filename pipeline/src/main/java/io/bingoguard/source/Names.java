package io.bingoguard.source;

import io.bingoguard.guard.WellFormed;
import java.math.BigDecimal;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads ids and other names in the forms that corpora hold. */
final class Names {
  /** Keys of MongoDB's Extended JSON whose values are the name. */
  private static final List<String> EXTENDED_JSON =
      List.of("$oid", "$uuid", "$numberLong", "$numberInt", "$binary", "base64");

  private Names() {}

  /**
   * Text, or a number as text (an integer that became a double keeps its digits), the text of
   * bytes, and the ids of MongoDB's Extended JSON; 16 bytes that are no text are a UUID.
   */
  static Optional<String> of(Object value) {
    if (value instanceof String text) {
      return text.isBlank() ? Optional.empty() : Optional.of(WellFormed.of(text));
    }
    if (value instanceof Double number && Double.isFinite(number)) {
      return Optional.of(new BigDecimal(number.toString()).stripTrailingZeros().toPlainString());
    }
    if (value instanceof Number) {
      return Optional.of(value.toString());
    }
    if (value instanceof RawBytes bytes) {
      return Optional.of(bytes.name());
    }
    return value instanceof Map<?, ?> fields ? ofFields(fields) : Optional.empty();
  }

  private static Optional<String> ofFields(Map<?, ?> fields) {
    for (String key : EXTENDED_JSON) {
      Object inner = fields.get(key);
      if (inner != null) {
        return key.equals("base64") ? ofBase64(inner) : of(inner);
      }
    }
    return Optional.empty();
  }

  private static Optional<String> ofBase64(Object value) {
    try {
      return value instanceof String text
          ? of(RawBytes.textOf(Base64.getDecoder().decode(text)))
          : Optional.empty();
    } catch (IllegalArgumentException noBase64) {
      return Optional.empty();
    }
  }
}
