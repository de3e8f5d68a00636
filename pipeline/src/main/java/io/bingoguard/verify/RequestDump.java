package io.bingoguard.verify;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.engine.LoadedModel;
import io.bingoguard.guard.Question;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.score.ScoredQuestion;
import java.util.List;

/**
 * What was sent and what came back, for comparison with another implementation: one JSON object a
 * request, without its texts.
 *
 * <pre>
 * request     line number of the question, from 0
 * task        prompt, response or severity
 * category    code; severity only
 * truncated   whether text was cut to fit
 * tokens      ids sent, answer excluded
 * answer      what greedy decoding answers: safe, unsafe with category, or level; null off format
 * steps       one a choice point:
 *   after       answer ids that stand between the tokens and this choice
 *   arg_max     id of the most likely token of the whole vocabulary
 *   log_sum_exp of all logits
 *   legal       {token, log_prob, and what it means if the answer is told by it}
 * </pre>
 */
public final class RequestDump {
  private static final ObjectMapper MAPPER = new ObjectMapper();

  private RequestDump() {}

  /** Asks the questions; one line an answer. */
  public static String of(LoadedModel model, List<Question> questions) {
    List<ScoredQuestion> scored = model.score(questions);
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < questions.size(); i++) {
      lines.append(object(i, scored.get(i))).append('\n');
    }
    return lines.toString();
  }

  private static ObjectNode object(int number, ScoredQuestion scored) {
    Question question = scored.question();
    ObjectNode line = MAPPER.createObjectNode();
    line.put("request", number);
    line.put("task", question.task().key());
    question
        .category()
        .map(category -> category.code())
        .ifPresent(code -> line.put("category", code));
    line.put("truncated", scored.request().truncated());
    ArrayNode tokens = line.putArray("tokens");
    for (int token : scored.request().tokens()) {
      tokens.add(token);
    }
    scored
        .meaning()
        .ifPresentOrElse(
            meaning -> describe(line.putObject("answer"), meaning), () -> line.putNull("answer"));
    ArrayNode steps = line.putArray("steps");
    for (int step = 0; step < scored.request().choices().steps(); step++) {
      step(steps.addObject(), scored, step);
    }
    return line;
  }

  private static void step(ObjectNode node, ScoredQuestion scored, int step) {
    var choices = scored.request().choices();
    var seen = scored.scores().steps().get(step);
    ArrayNode after = node.putArray("after");
    for (int i = 0; i < step; i++) {
      after.add(choices.head()[i]);
    }
    node.put("arg_max", seen.argMax());
    node.put("log_sum_exp", seen.logSumExp());
    ArrayNode legal = node.putArray("legal");
    int[] tokens = choices.legalTokens(step);
    for (int i = 0; i < tokens.length; i++) {
      ObjectNode answer = legal.addObject();
      answer.put("token", tokens[i]);
      answer.put("log_prob", seen.logProbs()[i]);
      choices.meaning(step, tokens[i]).ifPresent(meaning -> describe(answer, meaning));
    }
  }

  private static void describe(ObjectNode node, AnswerMeaning meaning) {
    if (meaning instanceof AnswerMeaning.Level graded) {
      node.put("level", graded.level());
    } else if (meaning instanceof AnswerMeaning.Harmful harmful) {
      node.put("verdict", "unsafe");
      node.put("category", harmful.category().code());
    } else {
      node.put("verdict", "safe");
    }
  }
}
