package io.bingoguard.score;

import ai.onnxruntime.OrtException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.model.GreedyDecoder;
import io.bingoguard.model.GuardSession;
import io.bingoguard.model.LlamaConfig;
import io.bingoguard.model.PaddedGreedyDecoder;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.score.BenchmarkWorkload.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One way to answer questions. */
interface BenchmarkEngine {
  /** Most tokens that the model's authors let an answer have. */
  int MAX_ANSWER_TOKENS = 32;

  /**
   * Answers questions.
   *
   * @return what each answer says, in order; absent when it is no legal answer
   */
  List<Optional<AnswerMeaning>> answer(List<Question> questions) throws OrtException;

  /** Generates text in padded batches, in the order in which the questions come. */
  static BenchmarkEngine paddedGreedy(
      PaddedGreedyDecoder decoder, BenchmarkModel model, int batchSize) {
    return questions -> {
      List<Optional<AnswerMeaning>> answers = new ArrayList<>();
      for (int from = 0; from < questions.size(); from += batchSize) {
        List<Question> batch =
            questions.subList(from, Math.min(questions.size(), from + batchSize));
        List<int[]> prompts = batch.stream().map(asked -> asked.request().tokens()).toList();
        List<int[]> written = decoder.decode(prompts, BenchmarkModel.END_TOKEN, MAX_ANSWER_TOKENS);
        for (int i = 0; i < batch.size(); i++) {
          answers.add(read(model, batch.get(i), written.get(i)));
        }
      }
      return answers;
    };
  }

  /** Generates text request by request, so that nothing is padded. */
  static BenchmarkEngine singleGreedy(
      GuardSession session, LlamaConfig config, BenchmarkModel model) {
    GreedyDecoder decoder = new GreedyDecoder(session, config, session.settings().maxTokens());
    return questions -> {
      List<Optional<AnswerMeaning>> answers = new ArrayList<>();
      for (Question asked : questions) {
        int[] written =
            decoder.decode(asked.request().tokens(), BenchmarkModel.END_TOKEN, MAX_ANSWER_TOKENS);
        answers.add(read(model, asked, written));
      }
      return answers;
    };
  }

  private static Optional<AnswerMeaning> read(BenchmarkModel model, Question asked, int[] written) {
    return WrittenAnswer.read(written, model.answers(asked.task()), model::answerTokens);
  }

  /**
   * Reads answers from one packed pass.
   *
   * @param sharePrefixes false computes every prompt in full
   */
  static BenchmarkEngine singlePass(
      PackWorker.Runner runner, PackLimits limits, boolean sharePrefixes) {
    return questions -> {
      List<ScoreRequest> requests =
          questions.stream()
              .map(asked -> sharePrefixes ? asked.request() : unshared(asked.request()))
              .toList();
      List<CompletableFuture<ChoiceScores>> scores =
          new DirectScorer(runner, limits).submit(requests);
      List<Optional<AnswerMeaning>> answers = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        AnswerReader reader = new AnswerReader(requests.get(i).choices(), scores.get(i).join());
        answers.add(meaning(questions.get(i).task(), reader));
      }
      return answers;
    };
  }

  private static ScoreRequest unshared(ScoreRequest request) {
    return new ScoreRequest(SharedPrefix.NONE, request.tokens(), request.choices(), false);
  }

  private static Optional<AnswerMeaning> meaning(GuardTask task, AnswerReader reader) {
    if (task == GuardTask.SEVERITY) {
      return reader.level().severity().map(severity -> new AnswerMeaning.Level(severity.level()));
    }
    AnswerReader.Binary binary = reader.binary();
    if (binary.offFormat()) {
      return Optional.empty();
    }
    return Optional.of(
        binary
            .verdict()
            .orElseThrow()
            .category()
            .<AnswerMeaning>map(AnswerMeaning.Harmful::new)
            .orElseGet(AnswerMeaning.Harmless::new));
  }
}
