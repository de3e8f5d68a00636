package io.bingoguard.bench;

import com.sun.management.OperatingSystemMXBean;
import io.bingoguard.prompt.AnswerMeaning;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Optional;

/**
 * What an engine answered and what that cost the whole process.
 *
 * @param cpuSeconds over all threads
 */
public record BenchmarkRun(
    String engine, double cpuSeconds, double wallSeconds, List<Optional<AnswerMeaning>> answers) {
  /** Work that yields answers. */
  @FunctionalInterface
  interface Work {
    List<Optional<AnswerMeaning>> run() throws Exception;
  }

  static BenchmarkRun measure(String engine, Work work) throws Exception {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    long cpu = system.getProcessCpuTime();
    long wall = System.nanoTime();
    List<Optional<AnswerMeaning>> answers = work.run();
    return new BenchmarkRun(
        engine,
        (system.getProcessCpuTime() - cpu) / 1e9,
        (System.nanoTime() - wall) / 1e9,
        answers);
  }

  /** Number of requests that two runs answered differently. */
  public long differences(BenchmarkRun other) {
    if (answers.size() != other.answers.size()) {
      return Math.max(answers.size(), other.answers.size());
    }
    long different = 0;
    for (int i = 0; i < answers.size(); i++) {
      different += answers.get(i).equals(other.answers.get(i)) ? 0 : 1;
    }
    return different;
  }

  long legal() {
    return answers.stream().filter(Optional::isPresent).count();
  }

  long distinct() {
    return answers.stream().distinct().count();
  }
}
