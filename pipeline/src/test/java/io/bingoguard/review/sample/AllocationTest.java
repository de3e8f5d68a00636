package io.bingoguard.review.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AllocationTest {
  @Test
  void mostGoWhereLabelsAreLeastSureAndMessagesAreMany() {
    List<Stratum> strata =
        List.of(
            stratum("sure", 10_000, 0.01),
            stratum("unsure", 10_000, 0.5),
            stratum("few", 100, 0.5),
            stratum("single", 1, 0.5));

    List<Integer> items = items(strata, 400);

    assertThat(items.get(1)).isGreaterThan(2 * items.get(0));
    assertThat(items.get(0)).isGreaterThan(items.get(2));
    assertThat(items.get(2)).isGreaterThan(Allocation.LEAST);
    assertThat(items.get(3)).isEqualTo(1);
  }

  @Test
  void everyStratumGetsItsLeastAndNoneMoreThanItHasAndAllIsGivenOut() {
    Random random = new Random(1);
    for (int trial = 0; trial < 500; trial++) {
      List<Stratum> strata =
          IntStream.range(0, 1 + random.nextInt(40))
              .mapToObj(
                  i ->
                      stratum(
                          "s" + i,
                          1 + (long) Math.pow(10, 5 * random.nextDouble()),
                          random.nextDouble()))
              .toList();
      long all = strata.stream().mapToLong(Stratum::messages).sum();
      int size = (int) Allocation.least(strata) + random.nextInt(2000);

      List<Integer> items = items(strata, size);

      assertThat(items.stream().mapToInt(Integer::intValue).sum())
          .isEqualTo((int) Math.min(size, all));
      for (int i = 0; i < items.size(); i++) {
        assertThat((long) items.get(i))
            .isBetween(
                Math.min(Allocation.LEAST, strata.get(i).messages()), strata.get(i).messages());
      }
    }
  }

  private static Stratum stratum(String name, long messages, double mean) {
    return new Stratum(name, messages, 0, mean, 0);
  }

  private static List<Integer> items(List<Stratum> strata, int size) {
    return Allocation.of(strata, size).stream().map(Stratum::sampled).toList();
  }
}
