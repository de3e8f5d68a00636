package io.bingoguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.metric.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditConfigTest {
  @TempDir private Path folder;

  @Test
  void theExampleSaysWhatIsUsedWithoutAFile() {
    assertThat(AuditConfig.read(Path.of("../conf/audit.properties.example")))
        .isEqualTo(AuditSettings.USUAL);
  }

  @Test
  void whatIsGivenIsUsed() throws IOException {
    AuditSettings settings =
        read(
            """
            night=labelled_at
            watched=harmful, volume
            window_nights = 14
            baseline_from=2026-01-01
            baseline_to=2026-01-31
            """);

    assertThat(settings.counting().clock()).contains(Clock.LABELLED_AT);
    assertThat(settings.measures()).containsExactlyInAnyOrder(Measure.HARMFUL, Measure.VOLUME);
    assertThat(settings.byCategory()).isFalse();
    assertThat(settings.thresholds().windowNights()).isEqualTo(14);
    assertThat(settings.thresholds().baseline().orElseThrow().to()).isEqualTo("2026-01-31");
  }

  @Test
  void whatIsNoSettingOrNoValueIsRefusedByName() {
    refused("widnow_nights=28", "widnow_nights", "window_nights");
    refused("window_nights=many", "window_nights=many", "a whole number from 7 to 90");
    refused("relative_change=-1", "relative_change=-1", "a number from 0.0 to 10.0");
    refused("night=yesterday", "auto, occurred_at or labelled_at");
    refused("watched=harm", "watched=harm", "off_format");
    refused("baseline_from=2026-01-01", "baseline_from and baseline_to together");
    refused(
        "baseline_from=2026-02-01\nbaseline_to=2026-01-01", "not before baseline_from=2026-02-01");
    refused("least_count=5\nleast_count=500", "has the setting least_count twice");
    refused("baseline_from=May\nbaseline_to=June", "a day such as");
    refused("x=\\uZZZZ", "cannot be read");
  }

  @Test
  void aByteOrderMarkIsNoPartOfAName() throws IOException {
    assertThat(read("\uFEFFwindow_nights=14\r\n").thresholds().windowNights()).isEqualTo(14);
  }

  private void refused(String text, String... told) {
    assertThatThrownBy(() -> read(text))
        .hasMessageContainingAll(told)
        .extracting("code")
        .hasToString("AUDIT_SETTINGS_INVALID");
  }

  private AuditSettings read(String text) throws IOException {
    return AuditConfig.read(Files.writeString(folder.resolve("audit.properties"), text));
  }
}
