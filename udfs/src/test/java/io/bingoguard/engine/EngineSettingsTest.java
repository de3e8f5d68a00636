package io.bingoguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.device.Device;
import io.bingoguard.spark.settings.GuardSettings;
import io.bingoguard.spark.settings.Setting;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineSettingsTest {
  @Test
  void takesTheGpuThatTheProcessWasGiven() {
    assertThat(on("auto").device(List.of("3"))).isEqualTo(Device.cuda(3));
    assertThat(on("cuda").device(List.of("2", "5"))).isEqualTo(Device.cuda(2));
    assertThat(on("cpu").device(List.of("3"))).isEqualTo(Device.CPU);
  }

  @Test
  void withoutAGpuTakesWhatIsAskedFor() {
    assertThat(on("auto").device(List.of())).isEqualTo(Device.CPU);
    assertThat(on("cuda").device(List.of())).isEqualTo(Device.cuda(0));
  }

  @Test
  void refusesAnAddressThatIsNoOrdinal() {
    EngineSettings settings = on("auto");

    assertThatThrownBy(() -> settings.device(List.of("GPU-8f3c")))
        .hasMessageContaining("'GPU-8f3c'")
        .hasMessageContaining("discovery script");
  }

  @Test
  void coresOfTheProcessCountUnlessThreadsAreGiven() {
    assertThat(on("cpu").onCores(6).threads()).isEqualTo(6);
    assertThat(settings("threads", "2").onCores(6)).isEqualTo(settings("threads", "2"));
  }

  @Test
  void refusesASessionFactoryThatIsNone() {
    EngineSettings settings = settings("sessionFactory", "java.lang.String");

    assertThatThrownBy(settings::sessions)
        .hasMessageContaining("java.lang.String")
        .hasMessageContaining("io.bingoguard.session.SessionFactory");
  }

  private static EngineSettings on(String device) {
    return settings("device", device);
  }

  private static EngineSettings settings(String name, String value) {
    return GuardSettings.of(Map.of(Setting.PREFIX + name, value)).engine();
  }
}
