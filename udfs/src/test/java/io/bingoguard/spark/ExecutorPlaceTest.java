package io.bingoguard.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.model.Device;
import io.bingoguard.spark.EngineSettings.DeviceChoice;
import java.util.List;
import org.junit.jupiter.api.Test;

class ExecutorPlaceTest {
  @Test
  void takesTheGpuThatSparkGave() {
    assertThat(ExecutorPlace.device(DeviceChoice.AUTO, List.of("3"))).isEqualTo(Device.cuda(3));
    assertThat(ExecutorPlace.device(DeviceChoice.CUDA, List.of("2", "5")))
        .isEqualTo(Device.cuda(2));
    assertThat(ExecutorPlace.device(DeviceChoice.CPU, List.of("3"))).isEqualTo(Device.CPU);
  }

  @Test
  void withoutOneTakesWhatIsAskedFor() {
    assertThat(ExecutorPlace.device(DeviceChoice.AUTO, List.of())).isEqualTo(Device.CPU);
    assertThat(ExecutorPlace.device(DeviceChoice.CUDA, List.of())).isEqualTo(Device.cuda(0));
  }

  @Test
  void refusesAnAddressThatIsNoOrdinal() {
    assertThatThrownBy(() -> ExecutorPlace.device(DeviceChoice.AUTO, List.of("GPU-8f3c")))
        .hasMessageContaining("'GPU-8f3c'")
        .hasMessageContaining("discovery script");
  }

  @Test
  void outsideSparkThisIsTheDriver() {
    assertThat(ExecutorPlace.here().ownProcess()).isFalse();
  }
}
