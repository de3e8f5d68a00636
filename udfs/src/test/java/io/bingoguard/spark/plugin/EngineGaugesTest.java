package io.bingoguard.spark.plugin;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import io.bingoguard.engine.EngineFigure;
import io.bingoguard.spark.ReadmeTable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineGaugesTest {
  @Test
  void theReadmeListsEveryMetricThatIsRegistered() throws IOException {
    MetricRegistry registry = new MetricRegistry();
    EngineGauges.register(registry, "", List::of);

    List<String> documented = ReadmeTable.rows("| metric | meaning |");

    assertThat(documented.stream().map(row -> row.split("`", -1)[1]))
        .containsExactlyInAnyOrderElementsOf(registry.getNames());
    List<String> meanings = new ArrayList<>();
    for (EngineFigure figure : EngineFigure.values()) {
      meanings.add(figure.meaning());
    }
    meanings.add("open sessions");
    assertThat(documented.stream().map(row -> row.substring(row.indexOf("` | ") + 4)))
        .containsExactlyElementsOf(meanings.stream().map(meaning -> meaning + " |").toList());
  }

  @Test
  void everyGaugeHasAFigureBeforeAnEngineIsOpened() {
    MetricRegistry registry = new MetricRegistry();
    EngineGauges.register(registry, "executor.1.", List::of);

    assertThat(registry.getGauges().values())
        .hasSize(EngineFigure.values().length + 1)
        .allSatisfy(gauge -> assertThat(((Number) gauge.getValue()).doubleValue()).isZero());
    assertThat(registry.getNames())
        .contains("executor.1.passes_total", "executor.1.requests_per_second")
        .allMatch(name -> name.startsWith("executor.1."));
  }
}
