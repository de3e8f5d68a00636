package io.bingoguard.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SparkNlpPipelineTest {
  @TempDir Path folder;

  @Test
  void stagesOfSparkNlpGoBeforeJudgingAndAfterItAlsoWhenThePipelineWasSaved() throws IOException {
    assertThat(SavedPipeline.judged(SharedSpark.session(), folder.toString()))
        .isEqualTo(SavedPipeline.JUDGED);
  }
}
