package io.bingoguard.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bingoguard.bench.BenchmarkEngine;
import io.bingoguard.bench.BenchmarkModel;
import io.bingoguard.bench.BenchmarkWorkload.Question;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.prompt.Answer;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.session.Precision;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Puts the engine's own requests to Hugging Face transformers, in a process of its own. */
final class TransformersComparison {
  private static final String NEEDED = "import torch, transformers";

  private final ObjectMapper mapper = new ObjectMapper();
  private final BenchmarkModel model;
  private final GpuBenchmarkOptions options;

  TransformersComparison(BenchmarkModel model, GpuBenchmarkOptions options) {
    this.model = model;
    this.options = options;
  }

  /**
   * Why there is nothing to compare with.
   *
   * @return absent when Python and the libraries are there
   */
  Optional<String> missing() throws InterruptedException {
    GpuBenchmarkOptions.Transformers wanted = options.transformers();
    if (wanted.script().isEmpty() || !Files.isRegularFile(wanted.script().get())) {
      return Optional.of("the Python program is not there");
    }
    try {
      int exit =
          new ProcessBuilder(wanted.python(), "-c", NEEDED)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start()
              .waitFor();
      return exit == 0
          ? Optional.empty()
          : Optional.of(wanted.python() + " has no torch or no transformers");
    } catch (IOException e) {
      return Optional.of(wanted.python() + " does not run: " + e.getMessage());
    }
  }

  /**
   * Writes requests as JSON Lines: first what answers there are, then for each request its task,
   * its token ids and the engine's answer.
   */
  void write(Path file, CascadeMeasurement.Cascade cascade) throws IOException {
    int all = cascade.questions().size();
    int some = Math.min(all, options.transformers().requests());
    try (Writer out = Files.newBufferedWriter(file)) {
      line(out, answers());
      for (int i = 0; i < some; i++) {
        // Evenly over the cascade, so that the tasks are mixed as they are there.
        int at = (int) ((long) i * all / some);
        Question question = cascade.questions().get(at);
        Map<String, Object> request = new LinkedHashMap<>();
        request.put("task", question.task().key());
        request.put("tokens", question.request().tokens());
        request.put("answer", text(question.task(), cascade.answers().get(at)).orElse(null));
        line(out, request);
      }
    }
  }

  private void line(Writer out, Map<String, ?> object) throws IOException {
    out.write(mapper.writeValueAsString(object));
    out.write('\n');
  }

  private Map<String, Object> answers() {
    Map<String, Object> tasks = new LinkedHashMap<>();
    for (GuardTask task : GuardTask.values()) {
      Map<String, int[]> tokens =
          model.answers(task).stream()
              .collect(Collectors.toMap(Answer::text, answer -> model.answerTokens(answer.text())));
      tasks.put(task.key(), Map.of("head", model.choices(task).head(), "answers", tokens));
    }
    return Map.of(
        "end",
        BenchmarkModel.END_TOKEN,
        "max_new_tokens",
        BenchmarkEngine.MAX_ANSWER_TOKENS,
        "tasks",
        tasks);
  }

  private Optional<String> text(GuardTask task, Optional<AnswerMeaning> meaning) {
    List<Answer> answers = model.answers(task);
    return meaning.flatMap(
        said ->
            answers.stream()
                .filter(answer -> answer.meaning().equals(said))
                .map(Answer::text)
                .findFirst());
  }

  /**
   * Runs the Python program, which prints its own table.
   *
   * @return its figures
   * @throws IllegalStateException if it fails
   */
  JsonNode run(Path checkpoint, Path requests) throws IOException, InterruptedException {
    GpuBenchmarkOptions.Transformers wanted = options.transformers();
    Path figures = requests.resolveSibling("transformers.json");
    int exit =
        new ProcessBuilder(
                wanted.python(),
                wanted.script().orElseThrow().toString(),
                "--checkpoint=" + checkpoint,
                "--requests=" + requests,
                "--device=" + options.device(),
                "--dtype=" + dtype(options.precision()),
                "--batches=" + wanted.batches(),
                "--json=" + figures)
            .inheritIO()
            .start()
            .waitFor();
    if (exit != 0) {
      throw new IllegalStateException("The comparison with transformers ended with code " + exit);
    }
    return mapper.readTree(figures.toFile());
  }

  private static String dtype(Precision precision) {
    return switch (precision) {
      case FP32 -> "float32";
      case FP16 -> "float16";
      case BF16 -> "bfloat16";
    };
  }
}
