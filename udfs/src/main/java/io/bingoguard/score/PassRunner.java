package io.bingoguard.score;

import ai.onnxruntime.OrtException;
import io.bingoguard.session.ChoiceLogits;
import io.bingoguard.session.KeyValues;
import io.bingoguard.session.LlamaSession;
import io.bingoguard.session.Pass;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Runs packs on a session, whose shared prefixes it computes on first use and keeps. For one thread
 * at a time. Closing it releases the prefixes, not the session.
 */
public final class PassRunner implements AutoCloseable {
  private final LlamaSession session;
  private final PackLimits limits;
  private final EngineMetrics metrics;
  private final Map<SharedPrefix, KeyValues> prefixes = new HashMap<>();

  public PassRunner(LlamaSession session, PackLimits limits, EngineMetrics metrics) {
    this.session = session;
    this.limits = limits;
    this.metrics = metrics;
  }

  /**
   * Scores requests in one pass.
   *
   * @param pack requests with one shared prefix and the same choices
   * @return their scores, in order
   */
  public List<ChoiceScores> run(List<ScoreRequest> pack) throws OrtException {
    SharedPrefix prefix = pack.get(0).prefix();
    KeyValues past = keyValues(prefix);
    long start = System.nanoTime();
    int useful = pack.stream().mapToInt(ScoreRequest::passTokens).sum();
    Pass pass =
        new Pass(
            pack.stream().map(ScoreRequest::suffix).toList(),
            prefix.length(),
            pack.stream().map(ScoreRequest::choicePlaces).toList(),
            limits.padded(useful));
    int[] wanted = answerTokens(pack);
    long packed = System.nanoTime();
    ChoiceLogits logits = session.score(pass, past, wanted);
    metrics.add(EngineCounter.PACK_NANOS, packed - start);
    metrics.add(EngineCounter.FORWARD_NANOS, System.nanoTime() - packed);
    metrics.add(EngineCounter.PASSES, 1);
    metrics.add(EngineCounter.REQUESTS, pack.size());
    metrics.add(EngineCounter.USEFUL_TOKENS, useful);
    metrics.add(EngineCounter.COMPUTED_TOKENS, pass.paddedTokens());
    return slice(pack, logits, wanted);
  }

  private KeyValues keyValues(SharedPrefix prefix) throws OrtException {
    KeyValues known = prefixes.get(prefix);
    if (known != null) {
      return known;
    }
    KeyValues computed = session.noPrefix();
    if (prefix.length() > 0) {
      long start = System.nanoTime();
      try (KeyValues nothing = computed) {
        computed = session.extend(nothing, prefix.tokens());
      } catch (OrtException e) {
        if (PassFailure.of(e) != PassFailure.MEMORY) {
          throw e;
        }
        throw ScoreErrors.prefixExceedsMemory(prefix.toString(), prefix.length(), e);
      }
      metrics.add(EngineCounter.PREFIX_NANOS, System.nanoTime() - start);
    }
    prefixes.put(prefix, computed);
    return computed;
  }

  private static int[] answerTokens(List<ScoreRequest> pack) {
    return pack.stream()
        .map(ScoreRequest::choices)
        .distinct()
        .flatMapToInt(
            choices ->
                IntStream.range(0, choices.steps())
                    .flatMap(step -> Arrays.stream(choices.legalTokens(step))))
        .distinct()
        .sorted()
        .toArray();
  }

  private static List<ChoiceScores> slice(
      List<ScoreRequest> pack, ChoiceLogits logits, int[] wanted) {
    List<ChoiceScores> scores = new ArrayList<>(pack.size());
    int row = 0;
    for (ScoreRequest request : pack) {
      List<ChoiceScores.StepScores> steps = new ArrayList<>();
      for (int step = 0; step < request.choices().steps(); step++) {
        int[] legal = request.choices().legalTokens(step);
        double[] logProbs = new double[legal.length];
        for (int i = 0; i < legal.length; i++) {
          logProbs[i] = logits.logProbs()[row][Arrays.binarySearch(wanted, legal[i])];
          if (Double.isNaN(logProbs[i])) {
            throw ScoreErrors.scoresNotFinite();
          }
        }
        steps.add(
            new ChoiceScores.StepScores(logProbs, logits.argMax()[row], logits.logSumExp()[row]));
        row++;
      }
      scores.add(new ChoiceScores(steps));
    }
    return scores;
  }

  @Override
  public void close() {
    prefixes.values().forEach(KeyValues::close);
    prefixes.clear();
  }
}
