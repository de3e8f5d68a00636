package io.bingoguard.checkpoint;

/**
 * How a checkpoint turns positions into rotations (rotary position embedding).
 *
 * <p>Both kinds follow {@code transformers/modeling_rope_utils.py} of Hugging Face transformers
 * step by step in single precision, which is what the models were trained with: the angle at
 * position 4,000 would differ visibly from one made with double precision frequencies.
 */
public sealed interface RopeConfig permits RopeConfig.Default, RopeConfig.Llama3 {
  /** The base of the geometric series of wavelengths, {@code rope_theta}. */
  double theta();

  /**
   * Radians per position for each of the {@code headDim / 2} rotated pairs; element {@code i}
   * rotates the head's elements {@code i} and {@code i + headDim / 2}.
   *
   * @param headDim elements of a head, even and positive
   */
  double[] inverseFrequencies(int headDim);

  /**
   * Plain rotary embedding: {@code theta^(-2i / headDim)} ({@code compute_default_rope_parameters}
   * of transformers).
   */
  record Default(double theta) implements RopeConfig {
    public Default {
      requirePositive(theta, "theta");
    }

    @Override
    public double[] inverseFrequencies(int headDim) {
      double[] frequencies = new double[headDim / 2];
      for (int i = 0; i < frequencies.length; i++) {
        float exponent = (float) (2 * i) / headDim;
        frequencies[i] = 1.0f / (float) Math.pow(theta, exponent);
      }
      return frequencies;
    }
  }

  /**
   * The scaling that Llama 3.1 introduced ({@code _compute_llama3_parameters} of transformers):
   * long wavelengths are stretched by the factor, short ones kept, those between interpolated.
   *
   * @param theta base of the wavelengths
   * @param factor how far long wavelengths are stretched
   * @param lowFreqFactor wavelengths above {@code originalMaxPositions / lowFreqFactor} count as
   *     long
   * @param highFreqFactor wavelengths below {@code originalMaxPositions / highFreqFactor} count as
   *     short
   * @param originalMaxPositions positions that the model was trained with before scaling
   */
  record Llama3(
      double theta,
      double factor,
      double lowFreqFactor,
      double highFreqFactor,
      int originalMaxPositions)
      implements RopeConfig {
    public Llama3 {
      requirePositive(theta, "theta");
      requirePositive(factor, "factor");
      requirePositive(lowFreqFactor, "lowFreqFactor");
      if (!(highFreqFactor > lowFreqFactor) || Double.isInfinite(highFreqFactor)) {
        throw new IllegalArgumentException("highFreqFactor must be above lowFreqFactor");
      }
      requirePositive(originalMaxPositions, "originalMaxPositions");
    }

    @Override
    public double[] inverseFrequencies(int headDim) {
      double[] frequencies = new Default(theta).inverseFrequencies(headDim);
      for (int i = 0; i < frequencies.length; i++) {
        frequencies[i] = scaled((float) frequencies[i]);
      }
      return frequencies;
    }

    private float scaled(float frequency) {
      float wavelength = (float) (2 * Math.PI) / frequency;
      if (wavelength > (float) (originalMaxPositions / lowFreqFactor)) {
        return frequency / (float) factor;
      }
      if (wavelength < (float) (originalMaxPositions / highFreqFactor)) {
        return frequency;
      }
      float smooth =
          (originalMaxPositions / wavelength - (float) lowFreqFactor)
              / (float) (highFreqFactor - lowFreqFactor);
      return (1 - smooth) * frequency / (float) factor + smooth * frequency;
    }
  }

  private static void requirePositive(double value, String name) {
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(name + " must be a positive number, not " + value);
    }
  }
}
