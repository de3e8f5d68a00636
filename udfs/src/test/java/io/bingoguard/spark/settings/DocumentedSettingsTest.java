package io.bingoguard.spark.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.spark.ReadmeTable;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class DocumentedSettingsTest {
  @Test
  void theReadmeListsEverySettingAsItIs() throws IOException {
    List<String> settings =
        Arrays.stream(Setting.values()).map(DocumentedSettingsTest::documented).toList();

    assertThat(ReadmeTable.rows("| setting | default | meaning |"))
        .containsExactlyElementsOf(settings);
  }

  private static String documented(Setting setting) {
    String value = setting.defaultValue().replace(System.getProperty("user.name"), "USER");
    return "| `%s` | %s| %s |"
        .formatted(setting.key(), value.isEmpty() ? "" : "`" + value + "` ", setting.meaning());
  }
}
