package io.bingoguard.verify;

import io.bingoguard.engine.LoadedModel;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.score.ScoredQuestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Asks a model the same questions in several ways and counts where the answers differ. */
public final class Verifier {
  private final LoadedModel model;
  private final AnswerProgress progress;

  public Verifier(LoadedModel model, AnswerProgress progress) {
    this.model = model;
    this.progress = progress;
  }

  /**
   * The questions that labelling puts for exchanges: prompt and response task for texts that are
   * not empty, and for every reply the severity within its likeliest category.
   */
  public List<Question> questions(List<Exchange> exchanges) {
    Map<GuardTask, List<Question>> binary = new LinkedHashMap<>();
    for (GuardTask task : List.of(GuardTask.PROMPT, GuardTask.RESPONSE)) {
      binary.put(
          task,
          exchanges.stream()
              .flatMap(exchange -> Question.binary(exchange).stream())
              .filter(question -> question.task() == task)
              .toList());
    }
    List<Question> questions = new ArrayList<>();
    binary.values().forEach(questions::addAll);
    if (model.pack().grades()) {
      List<Question> replies = binary.get(GuardTask.RESPONSE);
      for (ScoredQuestion reply : progress.during(replies.size(), () -> score(model, replies))) {
        reply
            .likeliestCategory()
            .map(category -> Question.severity(category, reply.question().exchange()))
            .ifPresent(questions::add);
      }
    }
    return questions;
  }

  /** Asks every question by single pass, by greedy decoding, alone, and in other formats. */
  public Verification verify(List<Question> questions) {
    long ways = 3L + model.otherPrecisions().size();
    return progress.during(ways * questions.size(), () -> verification(questions));
  }

  private Verification verification(List<Question> questions) {
    List<ScoredQuestion> scored = score(model, questions);
    List<Optional<AnswerMeaning>> written = model.decode(questions, progress::answered);
    List<Verification.PrecisionCheck> precisions =
        model.otherPrecisions().stream()
            .map(other -> precisionCheck(other.key(), () -> model.in(other), scored))
            .toList();
    return new Verification(
        model.device().toString(),
        model.precision().key(),
        fixedTokens(),
        model.pack().special().bosCount(),
        Arrays.stream(GuardTask.values()).map(task -> taskCheck(task, scored, written)).toList(),
        change(scored, model.scoreAlone(questions, progress::answered)),
        precisions);
  }

  private List<ScoredQuestion> score(LoadedModel asked, List<Question> questions) {
    return asked.score(questions, progress::answered);
  }

  private static Verification.TaskCheck taskCheck(
      GuardTask task, List<ScoredQuestion> scored, List<Optional<AnswerMeaning>> written) {
    long asked = 0;
    long agreed = 0;
    long offFormat = 0;
    long truncated = 0;
    double mass = 0;
    double greatest = 0;
    for (int i = 0; i < scored.size(); i++) {
      ScoredQuestion one = scored.get(i);
      if (one.question().task() == task) {
        double off = Math.max(0, 1 - one.formatConfidence());
        asked++;
        agreed += written.get(i).equals(one.meaning()) ? 1 : 0;
        offFormat += written.get(i).isEmpty() ? 1 : 0;
        truncated += one.request().truncated() ? 1 : 0;
        mass += off;
        greatest = Math.max(greatest, off);
      }
    }
    return new Verification.TaskCheck(
        task, asked, agreed, offFormat, truncated, asked == 0 ? 0 : mass / asked, greatest);
  }

  private static Verification.Change change(
      List<ScoredQuestion> scored, List<ScoredQuestion> others) {
    long same = 0;
    double sum = 0;
    double greatest = 0;
    for (int i = 0; i < scored.size(); i++) {
      double difference = difference(scored.get(i), others.get(i));
      same += scored.get(i).meaning().equals(others.get(i).meaning()) ? 1 : 0;
      sum += difference;
      greatest = Math.max(greatest, difference);
    }
    double mean = scored.isEmpty() ? 0 : sum / scored.size();
    return new Verification.Change(scored.size(), same, mean, greatest);
  }

  /** The largest difference between the probabilities of an answer. */
  private static double difference(ScoredQuestion one, ScoredQuestion other) {
    Map<AnswerMeaning, Double> others = other.probabilities();
    return one.probabilities().entrySet().stream()
        .mapToDouble(
            answer -> Math.abs(answer.getValue() - others.getOrDefault(answer.getKey(), 0.0)))
        .max()
        .orElse(0);
  }

  private Verification.PrecisionCheck precisionCheck(
      String precision, Supplier<LoadedModel> opening, List<ScoredQuestion> scored) {
    List<Question> questions = scored.stream().map(ScoredQuestion::question).toList();
    long before = progress.answered();
    try (LoadedModel other = opening.get()) {
      Verification.Change change = change(scored, score(other, questions));
      return new Verification.PrecisionCheck(precision, Optional.of(change), Optional.empty());
    } catch (GuardException failure) {
      progress.answeredAll(before + questions.size());
      return new Verification.PrecisionCheck(
          precision, Optional.empty(), Optional.of(failure.getMessage()));
    }
  }

  private Map<String, Integer> fixedTokens() {
    Exchange empty = Exchange.of("", "");
    Map<String, Integer> tokens = new LinkedHashMap<>();
    Stream<Question> binary =
        Stream.of(GuardTask.PROMPT, GuardTask.RESPONSE).map(task -> Question.binary(task, empty));
    Stream<Question> severity =
        model.pack().grades()
            ? model.pack().categories().stream()
                .map(described -> Question.severity(described.category(), empty))
            : Stream.empty();
    Stream.concat(binary, severity)
        .forEach(
            question ->
                tokens.put(
                    question.task().key()
                        + question.category().map(category -> " " + category.code()).orElse(""),
                    model.request(question).tokens().length));
    return tokens;
  }
}
