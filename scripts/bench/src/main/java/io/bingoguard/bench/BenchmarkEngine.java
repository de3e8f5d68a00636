package io.bingoguard.bench;

import ai.onnxruntime.OrtException;
import io.bingoguard.bench.BenchmarkWorkload.Question;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.score.AnswerChoices;
import io.bingoguard.score.AnswerReader;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.DirectScorer;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PackWorker;
import io.bingoguard.score.ScoreRequest;
import io.bingoguard.session.LlamaSession;
import io.bingoguard.session.PaddedGreedyDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** One way to answer questions. */
public interface BenchmarkEngine {
  /** Most tokens that the model's authors let an answer have. */
  int MAX_ANSWER_TOKENS = 32;

  /**
   * Answers questions.
   *
   * @return what each answer says, in order; absent when it is no legal answer
   */
  List<Optional<AnswerMeaning>> answer(List<Question> questions) throws OrtException;

  /** Generates text in padded batches, in the order in which the questions come. */
  static BenchmarkEngine paddedGreedy(PaddedGreedyDecoder decoder, int batchSize) {
    return questions -> {
      List<Optional<AnswerMeaning>> answers = new ArrayList<>();
      for (int from = 0; from < questions.size(); from += batchSize) {
        List<Question> batch =
            questions.subList(from, Math.min(questions.size(), from + batchSize));
        List<int[]> prompts = batch.stream().map(asked -> asked.request().tokens()).toList();
        List<int[]> written = decoder.decode(prompts, BenchmarkModel.END_TOKEN, MAX_ANSWER_TOKENS);
        for (int i = 0; i < batch.size(); i++) {
          answers.add(batch.get(i).request().choices().meaning(written.get(i)));
        }
      }
      return answers;
    };
  }

  /** Generates text request by request, so that nothing is padded. */
  static BenchmarkEngine singleGreedy(LlamaSession session) {
    return questions -> {
      List<Optional<AnswerMeaning>> answers = new ArrayList<>();
      for (Question asked : questions) {
        int[] written =
            session.decode(asked.request().tokens(), BenchmarkModel.END_TOKEN, MAX_ANSWER_TOKENS);
        answers.add(asked.request().choices().meaning(written));
      }
      return answers;
    };
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
              .map(asked -> sharePrefixes ? asked.request() : asked.request().withoutSharing())
              .toList();
      List<CompletableFuture<ChoiceScores>> scores =
          new DirectScorer(runner, limits).submit(requests);
      List<Optional<AnswerMeaning>> answers = new ArrayList<>();
      for (int i = 0; i < requests.size(); i++) {
        AnswerChoices choices = requests.get(i).choices();
        answers.add(new AnswerReader(choices, scores.get(i).join()).greedy().meaning());
      }
      return answers;
    };
  }
}
