package io.bingoguard.device;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What {@link CudaProbe} found out about a CUDA device.
 *
 * @param ordinal CUDA's number of the device
 * @param findings all of them, good ones included
 */
public record CudaReport(int ordinal, List<CudaFinding> findings) {
  public CudaReport {
    findings = List.copyOf(findings);
  }

  /** Whether nothing is missing. */
  public boolean complete() {
    return findings.stream().allMatch(CudaFinding::good);
  }

  /** What is missing, one sentence for each remedy. */
  public List<String> missing() {
    Map<String, List<CudaFinding>> byRemedy =
        findings.stream()
            .filter(finding -> !finding.good())
            .collect(
                Collectors.groupingBy(
                    finding -> finding.remedy().orElseThrow(),
                    LinkedHashMap::new,
                    Collectors.toList()));
    return byRemedy.entrySet().stream()
        .map(
            entry ->
                entry.getValue().stream()
                        .map(finding -> finding.subject() + ": " + finding.seen())
                        .collect(Collectors.joining(", "))
                    + " (remedy: "
                    + entry.getKey()
                    + ")")
        .toList();
  }
}
