package io.bingoguard.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PassWatchTest {
  private final AtomicLong now = new AtomicLong(1_000);

  @Test
  void whatLiesBetweenTheFirstArrivalAndTheLastPassButOutsideOfPassesIsWaiting() throws Exception {
    PassWatch watch = watch(40);
    watch.arriving(requests -> List.of()).submit(List.of());
    watch.run(List.of());
    now.addAndGet(20);
    watch.arriving(requests -> List.of()).submit(List.of());
    watch.run(List.of());
    now.addAndGet(500);

    assertThat(watch.passes()).isEqualTo(2);
    assertThat(watch.waitShare()).isCloseTo(0.2, within(1e-9));
  }

  @Test
  void aPassThatFailsCountsAsWork() {
    PassWatch watch =
        new PassWatch(
            pack -> {
              now.addAndGet(10);
              throw new IllegalStateException("injected");
            },
            now::get);
    watch.arriving(requests -> List.of()).submit(List.of());

    assertThatThrownBy(() -> watch.run(List.of())).hasMessage("injected");
    assertThat(watch.passes()).isEqualTo(1);
    assertThat(watch.waitShare()).isZero();
  }

  private PassWatch watch(long nanos) {
    return new PassWatch(
        pack -> {
          now.addAndGet(nanos);
          return List.of();
        },
        now::get);
  }
}
