package io.bingoguard.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SafetensorsHeaderTest {
  private static final String A = "\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";

  @TempDir private Path folder;

  @Test
  void locatesEveryTensor() throws IOException {
    String json =
        """
        {"__metadata__": {"format": "pt"},
         "b": {"dtype": "BF16", "shape": [2, 3], "data_offsets": [8, 20]},
         "a": {"dtype": "F32", "shape": [2], "data_offsets": [0, 8], "note": {"x": [1]}},
         "scalar": {"dtype": "F16", "shape": [], "data_offsets": [20, 22]},
         "none": {"dtype": "F32", "shape": [0, 4], "data_offsets": [22, 22]},
         "packed": {"dtype": "F4", "shape": [4], "data_offsets": [22, 24]},
         "future": {"dtype": "X7", "shape": [3], "data_offsets": [24, 30]}}
        """;
    Path file = file(json + "   ", 30);

    long start = 8L + json.length() + 3;
    assertThat(SafetensorsHeader.read(file).entries())
        .containsExactly(
            new TensorEntry("b", "BF16", List.of(2L, 3L), start + 8, 12),
            new TensorEntry("a", "F32", List.of(2L), start, 8),
            new TensorEntry("scalar", "F16", List.of(), start + 20, 2),
            new TensorEntry("none", "F32", List.of(0L, 4L), start + 22, 0),
            new TensorEntry("packed", "F4", List.of(4L), start + 22, 2),
            new TensorEntry("future", "X7", List.of(3L), start + 24, 6));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("hostileHeaders")
  void refusesHostileHeaders(String name, String json, String message) throws IOException {
    Path file = file(json, 8);

    assertThatThrownBy(() -> SafetensorsHeader.read(file))
        .isInstanceOfSatisfying(
            GuardException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.MODEL_WEIGHTS_INVALID))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(message);
  }

  static Stream<Arguments> hostileHeaders() {
    return Stream.of(
        Arguments.of("negative offset", tensor("F32", "[2]", "[-8,0]"), "-8 in its data_offsets"),
        Arguments.of("end before begin", tensor("F32", "[2]", "[8,0]"), "begin <= end"),
        Arguments.of("beyond the file", tensor("F32", "[4]", "[0,16]"), "truncated"),
        Arguments.of(
            "far beyond",
            tensor("U8", "[9223372036854775807]", "[0,9223372036854775807]"),
            "inside the file"),
        Arguments.of(
            "offset over 64 bits", tensor("F32", "[2]", "[0,18446744073709551616]"), "JSON"),
        Arguments.of("wrong length", tensor("F32", "[3]", "[0,8]"), "12 bytes"),
        Arguments.of(
            "shape overflows", tensor("F32", "[4611686018427387904,4]", "[0,8]"), "fits a file"),
        Arguments.of("ends within a byte", tensor("F4", "[15]", "[0,8]"), "fits a file"),
        Arguments.of("negative dimension", tensor("F32", "[-2]", "[0,8]"), "negative"),
        Arguments.of("fractional dimension", tensor("F32", "[2.0]", "[0,8]"), "whole numbers"),
        Arguments.of("text dimension", tensor("F32", "[\"2\"]", "[0,8]"), "whole numbers"),
        Arguments.of("nested dimension", tensor("F32", "[[2]]", "[0,8]"), "whole numbers"),
        Arguments.of(
            "rank too high", tensor("F32", "[" + "1,".repeat(99) + "2]", "[0,8]"), "at most 32"),
        Arguments.of("three offsets", tensor("F32", "[2]", "[0,8,8]"), "[begin, end]"),
        Arguments.of("offsets no list", tensor("F32", "[2]", "8"), "no list"),
        Arguments.of("dtype no text", "{\"a\":{\"dtype\":4}}", "dtype"),
        Arguments.of("fields missing", "{\"a\":{\"dtype\":\"F32\"}}", "lacks"),
        Arguments.of("tensor no object", "{\"a\":[0,8]}", "no JSON object"),
        Arguments.of("metadata no object", "{\"__metadata__\":1," + A + "}", "no JSON object"),
        Arguments.of(
            "overlap",
            "{" + A + ",\"b\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,8]}}",
            "inside the tensor before it"),
        Arguments.of("hole", tensor("F32", "[1]", "[4,8]"), "after a hole"),
        Arguments.of("uncovered end", tensor("F32", "[1]", "[0,4]"), "the end of the file"),
        Arguments.of("duplicated name", "{" + A + "," + A + "}", "Duplicate"),
        Arguments.of(
            "duplicated field", "{\"a\":{\"dtype\":\"F32\",\"dtype\":\"F16\"}}", "Duplicate"),
        Arguments.of("deep nesting", "{\"a\":" + "{\"a\":".repeat(5000), "depth"),
        Arguments.of("deep metadata", "{\"__metadata__\":" + "{\"a\":".repeat(5000), "depth"),
        Arguments.of("trailing garbage", "{" + A + "} {}", "goes on"),
        Arguments.of("cut off", "{" + A, "JSON"),
        Arguments.of("no object", "[" + "]", "begin with an object"),
        Arguments.of("empty", "   ", "begin with an object"),
        Arguments.of("no JSON", "PK\u0003\u0004", "JSON"),
        Arguments.of(
            "endless number", tensor("F32", "[" + "9".repeat(5000) + "]", "[0,8]"), "JSON"));
  }

  @Test
  void refusesHeaderLengthsThatDoNotFitTheFile() throws IOException {
    for (long length : new long[] {0, -1, Long.MIN_VALUE, 9, 100_000_001, Long.MAX_VALUE}) {
      Path file = folder.resolve("length");
      Files.write(file, withLength(length, new byte[8]));
      assertThatThrownBy(() -> SafetensorsHeader.read(file))
          .hasMessageContaining("header of " + Long.toUnsignedString(length) + " bytes");
    }
    Path stump = Files.write(folder.resolve("stump"), new byte[7]);
    assertThatThrownBy(() -> SafetensorsHeader.read(stump)).hasMessageContaining("it has 7 bytes");
    assertThatThrownBy(() -> SafetensorsHeader.read(folder)).hasMessageContaining("regular file");
  }

  @Test
  void refusesTextThatIsNotUtf8() throws IOException {
    byte[] json = ("{" + A + "}").getBytes(StandardCharsets.UTF_8);
    json[2] = (byte) 0xff;
    Path file = Files.write(folder.resolve("latin"), withLength(json.length, concat(json, 8)));

    assertThatThrownBy(() -> SafetensorsHeader.read(file)).hasMessageContaining("UTF-8");
  }

  @Test
  void messagesHoldOnlyAPieceOfHostileNames() throws IOException {
    Path file = file("{\"" + "n\\n".repeat(200_000) + "\":{}}", 0);

    assertThatThrownBy(() -> SafetensorsHeader.read(file))
        .message()
        .hasSizeLessThan(1300)
        .doesNotContain("\n");
  }

  /** Whatever bytes a header holds: it is read, or refused as damaged; never anything else. */
  @Test
  @Timeout(60)
  void mutatedHeadersAreReadOrRefused() throws IOException {
    String json =
        """
        {"__metadata__":{"format":"pt"},"a":{"dtype":"F32","shape":[2,3],"data_offsets":[0,24]},\
        "b":{"dtype":"BF16","shape":[4],"data_offsets":[24,32]}}\
        """;
    byte[] good = Files.readAllBytes(file(json, 32));
    SplittableRandom random = new SplittableRandom(7);
    String likely = "{}[]\",:-0123456789eE.\\ \0";
    int refused = 0;
    for (int round = 0; round < 5000; round++) {
      byte[] bytes = good.clone();
      for (int i = 0; i <= random.nextInt(4); i++) {
        int where = random.nextInt(bytes.length - 32);
        bytes[where] =
            (byte)
                (random.nextBoolean()
                    ? random.nextInt(256)
                    : likely.charAt(random.nextInt(likely.length())));
      }
      int length = random.nextInt(10) == 0 ? random.nextInt(bytes.length) : bytes.length;
      Path file = Files.write(folder.resolve("mutated"), Arrays.copyOf(bytes, length));
      try {
        for (TensorEntry entry : SafetensorsHeader.read(file).entries()) {
          assertThat(entry.offset()).isBetween(8L, (long) length);
          assertThat(entry.end()).isBetween(entry.offset(), (long) length);
        }
      } catch (GuardException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.MODEL_WEIGHTS_INVALID);
        refused++;
      }
    }
    assertThat(refused).isBetween(1000, 4999);
  }

  private static String tensor(String dtype, String shape, String offsets) {
    return "{\"a\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":%s}}"
        .formatted(dtype, shape, offsets);
  }

  private Path file(String json, int dataBytes) throws IOException {
    byte[] header = json.getBytes(StandardCharsets.UTF_8);
    return Files.write(
        folder.resolve("weights.safetensors"),
        withLength(header.length, concat(header, dataBytes)));
  }

  private static byte[] concat(byte[] header, int dataBytes) {
    return Arrays.copyOf(header, header.length + dataBytes);
  }

  private static byte[] withLength(long length, byte[] rest) {
    return ByteBuffer.allocate(8 + rest.length)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(length)
        .put(rest)
        .array();
  }
}
