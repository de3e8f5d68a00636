package io.bingoguard.checkpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RopeConfigTest {
  /** Printed by transformers 5.23.0: {@code ROPE_INIT_FUNCTIONS["llama3"]} for Llama 3.1 8B. */
  private static final Map<Integer, Double> LLAMA31_8B =
      Map.ofEntries(
          Map.entry(0, 1.0),
          Map.entry(1, 0.8146172165870667),
          Map.entry(10, 0.12868738174438477),
          Map.entry(25, 0.005940730683505535),
          Map.entry(28, 0.0032114461064338684),
          Map.entry(29, 0.0021665706299245358),
          Map.entry(30, 0.0013718936825171113),
          Map.entry(31, 0.0008567514596506953),
          Map.entry(32, 0.0005248460220173001),
          Map.entry(33, 0.0003126936499029398),
          Map.entry(34, 0.0001785077911335975),
          Map.entry(35, 9.556212171446532e-05),
          Map.entry(36, 7.784655463183299e-05),
          Map.entry(40, 3.428102354519069e-05),
          Map.entry(63, 3.068925877869333e-07));

  @Test
  void llama3FrequenciesAreThoseOfTransformers() {
    double[] frequencies = new RopeConfig.Llama3(500_000, 8, 1, 4, 8192).inverseFrequencies(128);

    assertThat(frequencies).hasSize(64);
    LLAMA31_8B.forEach(
        (index, expected) ->
            assertThat(frequencies[index])
                .as("pair %d", index)
                .isCloseTo(expected, within(expected * 2e-7)));
  }

  @Test
  void plainFrequenciesFallGeometrically() {
    assertThat(new RopeConfig.Default(10_000).inverseFrequencies(8))
        .containsExactly(new double[] {1, 0.1, 0.01, 0.001}, within(1e-8));
  }

  /** Short wavelengths keep their frequency and the longest are divided by the factor, exactly. */
  @ParameterizedTest
  @ValueSource(ints = {16, 64, 128})
  void scalingKeepsShortWavelengthsAndStretchesLongOnes(int headDim) {
    double[] plain = new RopeConfig.Default(500_000).inverseFrequencies(headDim);
    double[] scaled = new RopeConfig.Llama3(500_000, 8, 1, 4, 8192).inverseFrequencies(headDim);

    for (int i = 0; i < plain.length; i++) {
      double wavelength = 2 * Math.PI / plain[i];
      if (wavelength < 2048) {
        assertThat(scaled[i]).isEqualTo(plain[i]);
      } else if (wavelength > 8192) {
        assertThat(scaled[i]).isEqualTo(plain[i] / 8);
      } else {
        assertThat(scaled[i]).isBetween(plain[i] / 8, plain[i]);
      }
    }
  }
}
