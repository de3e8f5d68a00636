package io.bingoguard.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.session.MatrixCeiling;
import io.bingoguard.session.Precision;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Prints figures as they come, and keeps them for a JSON file. */
final class GpuReport {
  private static final double TERA = 1e12;

  private final PrintStream out;
  private final Map<String, Object> sections = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();
  private final List<JsonNode> cascades = new ArrayList<>();
  private final ObjectMapper mapper = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  GpuReport(PrintStream out) {
    this.out = out;
  }

  void put(String name, Object figures) {
    sections.put(name, figures);
  }

  void line(String format, Object... values) {
    out.printf(format + "%n", values);
  }

  void failed(String what) {
    failures.add(what);
  }

  List<String> failures() {
    return List.copyOf(failures);
  }

  void providers(Map<String, Map<String, Integer>> nodes) {
    line("%nWhere the nodes of the graph ran");
    nodes.forEach((provider, operators) -> line("  %s: %s", provider, operators));
    put("nodes", nodes);
  }

  void parity(List<ScoreDifferences> differences, Map<Precision, String> refused) {
    line("%nParity on a small checkpoint, log-probabilities of legal tokens");
    line(
        "%-28s %9s %10s %9s %10s %12s",
        "", "requests", "greatest", "allowed", "different", "unexplained");
    for (ScoreDifferences one : differences) {
      line(
          "%-28s %9d %10.2g %9.2g %10d %12d",
          one.compared(),
          one.requests(),
          one.greatest(),
          one.allowed(),
          one.different(),
          one.unexplained());
      if (one.failed()) {
        failed(
            "parity: %s differ by %.3g with %d answers that precision does not explain"
                .formatted(one.compared(), one.greatest(), one.unexplained()));
      }
    }
    refused.forEach((precision, why) -> line("  no %s here: %s", precision.key(), why));
    put("parity", differences);
    put("refused", refused);
  }

  /** Prints what matrix products reached; returns the most, which counts as the ceiling. */
  double ceiling(List<MatrixCeiling.Reached> reached, int hidden, int inner) {
    line("%nMatrix products [T, %d] x [%d, %d] and back, TFLOP/s", hidden, hidden, inner);
    reached.forEach(one -> line("  T = %-6d %10.3f", one.tokens(), one.flopsPerSecond() / TERA));
    put("ceiling", reached);
    return reached.stream().mapToDouble(MatrixCeiling.Reached::flopsPerSecond).max().orElseThrow();
  }

  void cascadeHeader() {
    line(
        "%6s %6s %8s %7s %8s %8s %9s %9s %9s %8s %8s %10s %9s",
        "pack",
        "bucket",
        "requests",
        "passes",
        "wall s",
        "req/s",
        "useful/s",
        "comp./s",
        "TFLOP/s",
        "ceiling",
        "prefix s",
        "different",
        "peak MiB");
  }

  /** Prints a line, and keeps the figures with what follows from them. */
  void cascade(CascadeFigures figures, double ceiling) {
    cascades.add(
        mapper
            .<ObjectNode>valueToTree(figures)
            .put("requestsPerSecond", figures.requestsPerSecond())
            .put("usefulTokensPerSecond", figures.usefulTokens() / figures.seconds())
            .put("computedTokensPerSecond", figures.computedTokens() / figures.seconds())
            .put("flopsPerSecond", figures.flopsPerSecond())
            .put("shareOfCeiling", figures.flopsPerSecond() / ceiling));
    line(
        "%6d %6d %8d %7d %8.2f %8.2f %9.0f %9.0f %9.3f %7.1f%% %8.2f %10d %9s",
        figures.packTokens(),
        figures.bucket(),
        figures.requests(),
        figures.passes(),
        figures.seconds(),
        figures.requestsPerSecond(),
        figures.usefulTokens() / figures.seconds(),
        figures.computedTokens() / figures.seconds(),
        figures.flopsPerSecond() / TERA,
        100 * figures.flopsPerSecond() / ceiling,
        figures.prefixSeconds(),
        figures.differentAnswers(),
        figures.peakMib() < 0 ? "-" : figures.peakMib());
    if (figures.failedPasses() > 0) {
      line("       %d passes failed and were tried again in halves", figures.failedPasses());
    }
  }

  void write(Path file) throws IOException {
    put("cascades", cascades);
    put("failures", failures);
    Files.writeString(file, mapper.writeValueAsString(sections) + "\n");
    line("%nFigures are in %s", file);
  }
}
