package io.bingoguard.checkpoint;

/** Sixteen-bit floats, rounded to nearest with ties to even. */
final class HalfPrecision {
  private static final int F16_MANTISSA_BITS = 10;
  private static final int SIGN = 0x8000;
  private static final int F16_INFINITY = 0x7c00;

  /** The least float that rounds to infinity. */
  private static final float F16_OVERFLOW = 65520f;

  private static final int F16_MIN_EXPONENT = -14;

  private HalfPrecision() {}

  /** The upper half of a float's bits; values must be finite. */
  static short toBrain(float value) {
    int bits = Float.floatToIntBits(value);
    int roundingBias = 0x7fff + ((bits >>> 16) & 1);
    return (short) ((bits + roundingBias) >>> 16);
  }

  /** IEEE 754 binary16; values must be finite. */
  static short toHalf(float value) {
    int sign = (Float.floatToIntBits(value) >>> 16) & SIGN;
    float magnitude = Math.abs(value);
    if (magnitude >= F16_OVERFLOW) {
      return (short) (sign | F16_INFINITY);
    }
    int exponent = Math.max(Math.getExponent(magnitude), F16_MIN_EXPONENT);
    // In units of the last place the value is exact in double precision; rint rounds ties to even.
    long units = (long) Math.rint(Math.scalb((double) magnitude, F16_MANTISSA_BITS - exponent));
    // A carry out of the mantissa moves into the exponent by itself.
    long biased = (long) (exponent - F16_MIN_EXPONENT) << F16_MANTISSA_BITS;
    return (short) (sign | (biased + units));
  }
}
