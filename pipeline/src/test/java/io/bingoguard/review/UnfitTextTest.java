package io.bingoguard.review;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnfitTextTest {
  private final List<UnfitAnswer> unfit = new ArrayList<>();

  @Test
  void aProblemThatManyAnswersHaveIsToldOnce() {
    add(1, "no item_id");
    for (int record = 2; record <= 1201; record++) {
      add(record, "no reviewer");
    }
    add(1202, "verdict 'perhaps'");
    add(1203, "verdict 'perhaps'");

    assertThat(UnfitText.of(unfit))
        .containsExactly(
            "record 1: no item_id",
            "1,200 times no reviewer (record 2, record 3, record 4, and 1,197 more)",
            "2 times verdict 'perhaps' (record 1202, record 1203)");
  }

  @Test
  void answersWhoseProblemsAreNotToldAreCounted() {
    for (int record = 1; record <= 7; record++) {
      add(record, "item %d is of no sample".formatted(record));
      add(record, "item %d is of no sample".formatted(record));
    }

    assertThat(UnfitText.of(unfit))
        .hasSize(6)
        .endsWith("2 times item 5 is of no sample (record 5, record 5)", "and 4 more");
  }

  private void add(int record, String problem) {
    unfit.add(new UnfitAnswer("record " + record, problem));
  }
}
