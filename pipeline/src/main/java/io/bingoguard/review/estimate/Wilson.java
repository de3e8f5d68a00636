package io.bingoguard.review.estimate;

/**
 * Wilson's interval of 95% of a share in a sample.
 *
 * @param low lower end
 * @param high upper end
 * @see <a href="https://doi.org/10.1080/01621459.1927.10502953">Wilson, Probable inference, the law
 *     of succession, and statistical inference, 1927</a>
 */
record Wilson(double low, double high) {
  /** 97.5% of a normal distribution lie below. */
  private static final double Z = 1.959963984540054;

  static Wilson of(double share, int size) {
    double z2 = Z * Z;
    double middle = (share + z2 / (2 * size)) / (1 + z2 / size);
    double half =
        Z / (1 + z2 / size) * Math.sqrt(share * (1 - share) / size + z2 / (4.0 * size * size));
    return new Wilson(Math.min(share, middle - half), Math.max(share, middle + half));
  }
}
