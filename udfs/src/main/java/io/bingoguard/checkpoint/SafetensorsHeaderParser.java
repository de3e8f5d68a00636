package io.bingoguard.checkpoint;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The JSON part of a safetensors header, read as a stream: no tree is built, and a tensor that
 * makes no sense stops the reading where it stands.
 */
final class SafetensorsHeaderParser {
  /** Far above any Llama checkpoint (a 405B one has 1,138), far below what would fill a heap. */
  private static final int MAX_TENSORS = 200_000;

  private static final int MAX_RANK = 32;
  private static final int MAX_NESTING = 8;
  private static final int MAX_STRING_CHARS = 1_000_000;
  private static final String METADATA = "__metadata__";

  /**
   * Bits per element of every type in the format's specification; some are narrower than a byte.
   */
  private static final Map<String, Integer> BITS =
      Map.ofEntries(
          Map.entry("BOOL", 8),
          Map.entry("F4", 4),
          Map.entry("F6_E2M3", 6),
          Map.entry("F6_E3M2", 6),
          Map.entry("U8", 8),
          Map.entry("I8", 8),
          Map.entry("F8_E5M2", 8),
          Map.entry("F8_E4M3", 8),
          Map.entry("F8_E8M0", 8),
          Map.entry("I16", 16),
          Map.entry("U16", 16),
          Map.entry("F16", 16),
          Map.entry("BF16", 16),
          Map.entry("I32", 32),
          Map.entry("U32", 32),
          Map.entry("F32", 32),
          Map.entry("C64", 64),
          Map.entry("F64", 64),
          Map.entry("I64", 64),
          Map.entry("U64", 64));

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          // A table of names that outlives the parse would let a hostile file fill it.
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_NESTING)
                  .maxStringLength(MAX_STRING_CHARS)
                  .maxNumberLength(40)
                  .build())
          .build();

  private final Path file;
  private final JsonParser json;
  private final long dataStart;
  private final Map<String, TensorEntry> entries = new LinkedHashMap<>();

  private SafetensorsHeaderParser(Path file, JsonParser json, long dataStart) {
    this.file = file;
    this.json = json;
    this.dataStart = dataStart;
  }

  /**
   * Reads exactly {@code headerBytes} bytes of JSON.
   *
   * @param dataStart the byte of the file that the header's offsets count from
   */
  static Map<String, TensorEntry> parse(Path file, InputStream in, long headerBytes, long dataStart)
      throws IOException {
    InputStream header = new BoundedInputStream(in, headerBytes);
    // A decoder made from a charset object reports bad bytes instead of replacing them.
    InputStreamReader text = new InputStreamReader(header, StandardCharsets.UTF_8.newDecoder());
    try (JsonParser json = JSON.createParser(text)) {
      return new SafetensorsHeaderParser(file, json, dataStart).object();
    } catch (JsonProcessingException e) {
      throw CheckpointErrors.weightsInvalid(
          file, "its header is not valid JSON (" + e.getOriginalMessage() + ")", "one JSON object");
    } catch (CharacterCodingException e) {
      throw CheckpointErrors.weightsInvalid(
          file, "its header is not UTF-8 text", "one JSON object");
    }
  }

  private Map<String, TensorEntry> object() throws IOException {
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw CheckpointErrors.weightsInvalid(
          file, "its header does not begin with an object", "one JSON object");
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      if (value != JsonToken.START_OBJECT) {
        throw badTensor(name, "is no JSON object", "dtype, shape and data_offsets");
      }
      if (name.equals(METADATA)) {
        json.skipChildren();
      } else {
        if (entries.size() == MAX_TENSORS) {
          throw CheckpointErrors.weightsInvalid(
              file, "it lists more than " + MAX_TENSORS + " tensors", "at most that many");
        }
        entries.put(name, tensor(name));
      }
    }
    if (json.nextToken() != null) {
      throw CheckpointErrors.weightsInvalid(
          file, "its header goes on after the JSON object", "nothing but spaces there");
    }
    return entries;
  }

  private TensorEntry tensor(String name) throws IOException {
    Optional<String> dtype = Optional.empty();
    Optional<List<Long>> shape = Optional.empty();
    Optional<List<Long>> range = Optional.empty();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case "dtype" -> dtype = Optional.of(text(name));
        case "shape" -> shape = Optional.of(naturals(name, "shape"));
        case "data_offsets" -> range = Optional.of(naturals(name, "data_offsets"));
        default -> json.skipChildren();
      }
    }
    if (dtype.isEmpty() || shape.isEmpty() || range.isEmpty()) {
      throw badTensor(name, "lacks one of its fields", "dtype, shape and data_offsets");
    }
    return located(name, dtype.get(), shape.get(), range.get());
  }

  private TensorEntry located(String name, String dtype, List<Long> shape, List<Long> range) {
    if (range.size() != 2 || range.get(0) > range.get(1)) {
      throw badTensor(name, "has data_offsets " + range, "[begin, end] with begin <= end");
    }
    if (range.get(1) > Long.MAX_VALUE - dataStart) {
      throw badTensor(name, "has data_offsets " + range, "offsets inside the file");
    }
    long byteLength = range.get(1) - range.get(0);
    if (BITS.containsKey(dtype)) {
      OptionalLong expected = bytesOf(shape, BITS.get(dtype));
      if (expected.isEmpty() || expected.getAsLong() != byteLength) {
        throw badTensor(
            name,
            "has " + byteLength + " bytes for type " + dtype + " and shape " + shape,
            expected.isEmpty() ? "a shape that fits a file" : expected.getAsLong() + " bytes");
      }
    }
    return new TensorEntry(name, dtype, shape, dataStart + range.get(0), byteLength);
  }

  /** Bytes of a tensor, or empty if no file could hold it or it ends within a byte. */
  private static OptionalLong bytesOf(List<Long> shape, int bitsPerElement) {
    try {
      long bits = bitsPerElement;
      for (long dimension : shape) {
        bits = Math.multiplyExact(bits, dimension);
      }
      return bits % Byte.SIZE == 0 ? OptionalLong.of(bits / Byte.SIZE) : OptionalLong.empty();
    } catch (ArithmeticException e) {
      return OptionalLong.empty();
    }
  }

  private String text(String name) throws IOException {
    if (json.currentToken() != JsonToken.VALUE_STRING) {
      throw badTensor(name, "has a dtype that is no text", "a name such as BF16");
    }
    return json.getText();
  }

  private List<Long> naturals(String name, String field) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw badTensor(name, "has a " + field + " that is no list", "a list of whole numbers");
    }
    List<Long> values = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      if (json.currentToken() != JsonToken.VALUE_NUMBER_INT || values.size() == MAX_RANK) {
        throw badTensor(
            name, "has a bad " + field, "a list of at most " + MAX_RANK + " whole numbers");
      }
      long value = json.getLongValue();
      if (value < 0) {
        throw badTensor(name, "has " + value + " in its " + field, "no negative number");
      }
      values.add(value);
    }
    return values;
  }

  private GuardException badTensor(String name, String found, String expected) {
    return CheckpointErrors.tensorInvalid(file, name, found, expected);
  }
}
