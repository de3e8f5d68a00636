package io.bingoguard.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlantedCheckpointTest {
  /** After 1 comes 2 or 3; after 2 comes 4; 3 and 4 end with 9. */
  private static final AnswerGrammar GRAMMAR =
      AnswerGrammar.ofSequences(List.of(List.of(1, 2, 4, 9), List.of(1, 3, 9)));

  private static final int HIDDEN = 128;
  private static final int VOCABULARY = 300;

  @TempDir private Path folder;

  @Test
  void grammarJoinsTokensWithEqualSuccessors() {
    assertThat(GRAMMAR.rules())
        .containsExactly(
            new AnswerGrammar.Rule(List.of(1), List.of(2, 3)),
            new AnswerGrammar.Rule(List.of(2), List.of(4)),
            new AnswerGrammar.Rule(List.of(3, 4), List.of(9)));
  }

  /**
   * What the layers add cannot be known here; without them the legal tokens must win by far and a
   * choice must be undecided.
   */
  @Test
  void legalTokensAnswerToTheEmbeddingsThatLeadToThem() throws IOException {
    Checkpoint checkpoint = write(TensorType.F32);
    float[] embedding = floats(checkpoint.tensors().embedding());
    float[] output = floats(checkpoint.tensors().lmHead());

    for (AnswerGrammar.Rule rule : GRAMMAR.rules()) {
      for (int from : rule.from()) {
        double illegal = Double.NEGATIVE_INFINITY;
        for (int token = 0; token < VOCABULARY; token++) {
          if (!rule.to().contains(token)) {
            illegal = Math.max(illegal, dot(embedding, from, output, token));
          }
        }
        for (int legal : rule.to()) {
          assertThat(dot(embedding, from, output, legal))
              .isGreaterThan(illegal + 15)
              .isCloseTo(34, within(4.0));
        }
      }
    }
  }

  @Test
  void equalSeedsGiveEqualBytesAndOthersDoNot() throws IOException {
    byte[] first = bytes(1);

    assertThat(bytes(1)).isEqualTo(first);
    assertThat(bytes(2)).isNotEqualTo(first);
  }

  @Test
  void severalThreadsWriteTheBytesOfOne() throws IOException {
    PlantedCheckpoint checkpoint =
        new PlantedCheckpoint(
            new PlantedCheckpoint.Sizes(256, 512, 2, 4, 2, 12_000, TensorType.F32), GRAMMAR, 1);
    Path one = Files.createDirectory(folder.resolve("one"));
    Path several = Files.createDirectory(folder.resolve("several"));
    checkpoint.writeSharded(one, 20_000_000, 1);
    checkpoint.writeSharded(several, 20_000_000, 4);

    assertThat(Checkpoint.open(one).files()).hasSizeGreaterThan(1);
    for (Path shard : Checkpoint.open(one).files()) {
      assertThat(several.resolve(shard.getFileName())).hasSameBinaryContentAs(shard);
    }
  }

  @Test
  void aRowThatCannotBeComputedFailsTheFile() {
    SafetensorsWriter writer =
        new SafetensorsWriter()
            .add(
                "model.norm.weight",
                TensorType.F32,
                List.of(100_000L, 64L),
                (index, row) -> {
                  if (index == 60_000) {
                    throw new IllegalStateException("injected");
                  }
                });

    assertThatThrownBy(() -> writer.write(folder.resolve("model.safetensors"), 4))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("injected");
  }

  @Test
  void narrowTypesHoldTheRoundedValues() throws IOException {
    float[] full = floats(write(TensorType.F32).tensors().lmHead());
    float[] brain = floats(write(TensorType.BF16).tensors().lmHead());
    float[] half = floats(write(TensorType.F16).tensors().lmHead());

    for (int i = 0; i < full.length; i++) {
      assertThat((double) Math.abs(brain[i] - full[i]))
          .isLessThanOrEqualTo(Math.abs(full[i]) / 256);
      assertThat((double) Math.abs(half[i] - full[i]))
          .isLessThanOrEqualTo(Math.max(Math.abs(full[i]) / 2048, 0x1p-25));
    }
  }

  private byte[] bytes(long seed) throws IOException {
    new PlantedCheckpoint(sizes(TensorType.BF16), GRAMMAR, seed).write(folder);
    return Files.readAllBytes(folder.resolve("model.safetensors"));
  }

  private Checkpoint write(TensorType type) throws IOException {
    new PlantedCheckpoint(sizes(type), GRAMMAR, 1).write(folder);
    return Checkpoint.open(folder);
  }

  private static PlantedCheckpoint.Sizes sizes(TensorType type) {
    return new PlantedCheckpoint.Sizes(HIDDEN, 64, 1, 4, 2, VOCABULARY, type);
  }

  private static double dot(float[] left, int leftRow, float[] right, int rightRow) {
    double sum = 0;
    for (int i = 0; i < HIDDEN; i++) {
      sum += (double) left[leftRow * HIDDEN + i] * right[rightRow * HIDDEN + i];
    }
    return sum;
  }

  private static float[] floats(TensorLocation tensor) throws IOException {
    ByteBuffer bytes =
        ByteBuffer.wrap(Files.readAllBytes(tensor.file()))
            .order(ByteOrder.LITTLE_ENDIAN)
            .position(Math.toIntExact(tensor.offset()));
    float[] values = new float[Math.toIntExact(tensor.byteLength() / tensor.type().bytes())];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          switch (tensor.type()) {
            case F32 -> bytes.getFloat();
            case BF16 -> Float.intBitsToFloat(bytes.getShort() << 16);
            case F16 -> half(bytes.getShort());
          };
    }
    return values;
  }

  private static float half(short bits) {
    int exponent = (bits >> 10) & 0x1f;
    int fraction = bits & 0x3ff;
    float magnitude =
        exponent == 0 ? fraction * 0x1p-24f : Math.scalb(1 + fraction * 0x1p-10f, exponent - 15);
    return bits < 0 ? -magnitude : magnitude;
  }
}
