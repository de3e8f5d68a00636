package io.bingoguard.device;

import ai.onnxruntime.OrtProvider;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds out what keeps ONNX Runtime from using CUDA, without opening a session: its own words name
 * one missing library at a time, or only a symbol.
 */
public final class CudaProbe {
  private static final String SUBJECT = "ONNX Runtime";

  private CudaProbe() {}

  /** Whether the ONNX Runtime on the class path was built with CUDA. */
  public static boolean gpuArtifact() {
    return gpuArtifact(new LocalHost());
  }

  /** How it stands with the CUDA device of an ordinal. */
  public static CudaReport probe(int ordinal) {
    return probe(ordinal, new LocalHost());
  }

  static CudaReport probe(int ordinal, Host host) {
    SharedLibraries libraries = new SharedLibraries(host);
    List<CudaFinding> findings = new ArrayList<>();
    findings.add(artifact(host));
    findings.addAll(CudaDriver.findings(ordinal, host, libraries));
    findings.addAll(CudaLibraries.findings(libraries));
    return new CudaReport(ordinal, findings);
  }

  private static CudaFinding artifact(Host host) {
    return gpuArtifact(host)
        ? CudaFinding.good(SUBJECT, "with CUDA (artifact onnxruntime_gpu)")
        : CudaFinding.missing(
            SUBJECT,
            "without CUDA (artifact onnxruntime)",
            "build with mvn -Pgpu, or use the GPU jar, which has the artifact onnxruntime_gpu");
  }

  private static boolean gpuArtifact(Host host) {
    return host.providers().contains(OrtProvider.CUDA);
  }
}
