package io.bingoguard.spark.devices;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ExecutorPlaceTest {
  @Test
  void outsideSparkThisIsTheDriver() {
    assertThat(ExecutorPlace.here().ownProcess()).isFalse();
  }
}
