package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.LongText;
import io.bingoguard.guard.LongTexts;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.guard.TextSpan;
import io.bingoguard.guard.TextSplitter;
import io.bingoguard.guard.Verdict;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.token.GuardTokenizer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts that do not fit, judged by a judge who looks for a sentence. */
class LongTextsTest {
  private static final int LIMIT = 1000;
  private static final String HARM = "Mix the two powders at night.";

  @TempDir static Path directory;
  private static GuardTokenizer tokenizer;
  private static RequestFactory requests;

  @BeforeAll
  static void open() throws Exception {
    PlantedModel.writeTexts(directory);
    tokenizer = GuardTokenizer.open(directory.resolve(GuardTokenizer.FILE_NAME));
    requests =
        new RequestFactory(
            PromptPack.read(directory.resolve(PromptPack.FILE_NAME)), tokenizer, LIMIT);
  }

  @AfterAll
  static void close() {
    tokenizer.close();
  }

  /** Fillers of all kinds. */
  private enum Filler {
    PROSE("The garden was quiet, and nobody came. We had tea on the stone bench! "),
    LINES("return x + 1;\n  if (y < 3) {\n    z = call(x, y);\n  }\n"),
    ONE_WORD("abcdefghijklmnopqrstuvwxyz0123456789"),
    CHINESE("今天天气很好我们去公园散步然后回家吃饭"),
    EMOJI("🙂🙃🚲"),
    SPACES("   \t  ");

    private final String unit;

    Filler(String unit) {
      this.unit = unit;
    }

    String characters(int characters) {
      return unit.repeat(characters / unit.length() + 1);
    }

    /** About as long as given, cut between characters. */
    String begin(int characters) {
      String text = characters(characters);
      int end = text.offsetByCodePoints(0, Math.min(characters, text.length()) / 2);
      return text.substring(0, end);
    }
  }

  private static final List<TextSplitter> SPLITTERS =
      List.of(
          TextSplitter.NONE,
          LongTextsTest::afterSentences,
          text -> List.of(text.length() / 2, text.length() / 3),
          text -> List.of(-1),
          text -> {
            throw new IllegalStateException("a text that the splitter cannot take");
          });

  private static List<Integer> afterSentences(String text) {
    List<Integer> cuts = new ArrayList<>();
    for (int at = text.indexOf(". "); at >= 0; at = text.indexOf(". ", at + 1)) {
      if (at + 2 < text.length()) {
        cuts.add(at + 2);
      }
    }
    return cuts;
  }

  @ParameterizedTest
  @EnumSource(Filler.class)
  void aHarmfulSentenceIsFoundWhereverItStands(Filler filler) throws Exception {
    Random random = new Random(filler.name().hashCode());
    for (int round = 0; round < 8; round++) {
      String before = round == 0 ? "" : filler.begin(random.nextInt(12_000));
      String after = round == 1 ? "" : filler.begin(random.nextInt(12_000));
      String text = before + HARM + after + (round > 1 ? filler.characters(6000) : "");
      TextSplitter splitter = SPLITTERS.get(random.nextInt(SPLITTERS.size()));
      Judge judge = new Judge(splitter, LongText.WINDOW, 500);

      SafetyLabel ofPrompt = judge.label(Exchange.ofPrompt(text));
      SafetyLabel ofReply =
          judge.label(Exchange.of("A question? ".repeat(1 + random.nextInt(400)), text));

      assertThat(ofPrompt.prompt().map(Verdict::harmful)).contains(true);
      assertThat(ofPrompt.status()).isEqualTo(LabelStatus.OK);
      assertThat(ofReply.response().map(Verdict::harmful)).contains(true);
      assertThat(ofReply.severity().map(Severity::level)).contains(3);
      assertThat(ofReply.status()).isEqualTo(LabelStatus.OK);
      ofPrompt.windows().prompt().ifPresent(span -> assertThat(in(text, span)).contains(HARM));
      ofReply.windows().response().ifPresent(span -> assertThat(in(text, span)).contains(HARM));
      assertThat(ofPrompt.windows().count() > 1 && ofPrompt.windows().prompt().isEmpty()).isFalse();
      assertThat(judge.leftOut).isFalse();
    }
  }

  @ParameterizedTest
  @EnumSource(Filler.class)
  void windowsOfHarmlessTextAreHarmlessAndCoverAllOfIt(Filler filler) throws Exception {
    String text = filler.characters(30_000) + "the very end";
    Judge judge = new Judge(LongTextsTest::afterSentences, LongText.WINDOW, 500);

    SafetyLabel label = judge.label(Exchange.of("A question?", text));

    assertThat(label.response().map(Verdict::harmful)).contains(false);
    assertThat(label.severity()).contains(Severity.BENIGN);
    assertThat(label.windows().count()).isGreaterThan(filler == Filler.SPACES ? 0 : 2);
    assertThat(label.truncatedTokens()).isEmpty();
    assertThat(judge.seen).anyMatch(request -> request.contains("the very end"));
    assertThat(covered(text)).isTrue();
  }

  /** Whether no more than white space stands in none of a text's windows. */
  private static boolean covered(String text) {
    int end = 0;
    for (WindowCutter.Window window :
        new WindowCutter(tokenizer, LongTextsTest::afterSentences)
            .cut(text, 200, 10_000)
            .windows()) {
      if (!text.substring(end, Math.max(end, window.begin())).isBlank() || window.end() <= end) {
        return false;
      }
      end = window.end();
    }
    return text.substring(end).isBlank();
  }

  @Test
  void aTextThatFitsIsPutAsItIs() throws Exception {
    Judge judge = new Judge(TextSplitter.NONE, LongText.WINDOW, 500);

    SafetyLabel label = judge.label(Exchange.of("How?", HARM));

    assertThat(label.windows().count()).isEqualTo(1);
    assertThat(label.windows().response()).isEmpty();
    assertThat(judge.seen).hasSize(3);
  }

  @Test
  void aReplyIsJudgedWholeAfterAMessageThatLostItsMiddle() throws Exception {
    Judge judge = new Judge(TextSplitter.NONE, LongText.WINDOW, 500);

    SafetyLabel label = judge.label(Exchange.of("A long question. ".repeat(900), HARM));

    assertThat(label.status()).isEqualTo(LabelStatus.OK);
    assertThat(label.response().map(Verdict::harmful)).contains(true);
    assertThat(label.windows().response()).isEmpty();
    assertThat(label.windows().prompt()).isPresent();
    assertThat(label.windows().contextCut().orElseThrow()).isGreaterThan(1000);
    assertThat(label.truncatedTokens()).isEmpty();
  }

  @Test
  void whatComesBehindTheLastWindowIsTold() throws Exception {
    Judge judge = new Judge(TextSplitter.NONE, LongText.WINDOW, 2);

    SafetyLabel label = judge.label(Exchange.ofPrompt(Filler.PROSE.characters(90_000) + HARM));

    assertThat(label.status()).isEqualTo(LabelStatus.TRUNCATED);
    assertThat(label.problem().orElseThrow().message()).contains("only the first 2 windows");
    assertThat(label.prompt().map(Verdict::harmful)).contains(false);
    assertThat(label.windows().count()).isEqualTo(2);
    assertThat(label.truncatedTokens().orElseThrow()).isGreaterThan(5000);
  }

  @Test
  void blankStretchesTakeNoWindows() throws Exception {
    Judge judge = new Judge(TextSplitter.NONE, LongText.WINDOW, 2);

    SafetyLabel label = judge.label(Exchange.ofPrompt("\u2003".repeat(60_000) + "\n" + HARM));

    assertThat(label.status()).isEqualTo(LabelStatus.OK);
    assertThat(label.prompt().map(Verdict::harmful)).contains(true);
  }

  @Test
  void aSeverityIsUnknownWhereThatOfAnotherWindowMayBeHigher() throws Exception {
    String text = HARM + Filler.PROSE.characters(9000) + HARM + " the odd word";
    Judge three = new Judge(TextSplitter.NONE, LongText.WINDOW, 500).ungradedAt("the odd word");
    Judge four = new Judge(TextSplitter.NONE, LongText.WINDOW, 500).ungradedAt("the odd word");
    four.level = 4;

    SafetyLabel unknown = three.label(Exchange.of("A question?", text));
    SafetyLabel highest = four.label(Exchange.of("A question?", text));

    assertThat(unknown.response().map(Verdict::harmful)).contains(true);
    assertThat(unknown.severity()).isEmpty();
    assertThat(unknown.status()).isEqualTo(LabelStatus.OFF_FORMAT);
    assertThat(highest.severity().map(Severity::level)).contains(4);
  }

  @Test
  void longTextsAreNotJudgedOnRequest() throws Exception {
    Judge judge = new Judge(TextSplitter.NONE, LongText.SKIP, 500);

    SafetyLabel label = judge.label(Exchange.of(HARM, Filler.PROSE.characters(30_000)));

    assertThat(label.status()).isEqualTo(LabelStatus.SKIPPED_LONG);
    assertThat(label.prompt().map(Verdict::harmful)).contains(true);
    assertThat(label.response()).isEmpty();
    assertThat(label.severity()).isEmpty();
  }

  @Test
  void aWindowOffFormatLeavesAVerdictUnknownUnlessAnotherIsHarmful() throws Exception {
    Judge judge = new Judge(TextSplitter.NONE, LongText.WINDOW, 500).offFormatAt("the odd word");
    String odd = Filler.PROSE.characters(9000) + "the odd word" + Filler.PROSE.characters(9000);

    SafetyLabel unknown = judge.label(Exchange.ofPrompt(odd));
    SafetyLabel harmful = judge.label(Exchange.ofPrompt(odd + HARM));

    assertThat(unknown.prompt()).isEmpty();
    assertThat(unknown.status()).isEqualTo(LabelStatus.OFF_FORMAT);
    assertThat(harmful.prompt().map(Verdict::harmful)).contains(true);
    assertThat(harmful.status()).isEqualTo(LabelStatus.OFF_FORMAT);
  }

  private static String in(String text, TextSpan span) {
    return text.substring(
        text.offsetByCodePoints(0, span.begin()), text.offsetByCodePoints(0, span.end()));
  }

  /** Calls harmful, at level 3 unless told otherwise, what holds the sentence. */
  private static final class Judge {
    private final Cascade cascade;
    private final List<String> seen = new ArrayList<>();
    private String odd = "nothing of the kind";
    private String ungraded = "nothing of the kind";
    private int level = 3;
    private boolean leftOut;

    Judge(TextSplitter splitter, LongText mode, int mostWindows) {
      RequestScorer scorer =
          submitted ->
              submitted.stream()
                  .map(request -> CompletableFuture.completedFuture(score(request)))
                  .toList();
      cascade =
          new Cascade(
              requests,
              scorer,
              new Cascade.Options(SeverityMode.FLAGGED, new LongTexts(mode, splitter, mostWindows)),
              new EngineMetrics());
    }

    Judge offFormatAt(String text) {
      odd = text;
      return this;
    }

    Judge ungradedAt(String text) {
      ungraded = text;
      return this;
    }

    SafetyLabel label(Exchange exchange) throws InterruptedException {
      return cascade.judge(List.of(exchange)).get(0);
    }

    private ChoiceScores score(ScoreRequest request) {
      StringBuilder text = new StringBuilder();
      for (int token : request.tokens()) {
        text.append(tokenizer.spelling(token));
      }
      seen.add(text.toString());
      leftOut |= request.leftOut().any();
      boolean grading = request.prefix().toString().startsWith(GuardTask.SEVERITY.key());
      return text.indexOf(odd) >= 0 || (grading && text.indexOf(ungraded) >= 0)
          ? TestScores.offFormat(request.choices())
          : TestScores.saying(
              request.choices(),
              text.indexOf(HARM) >= 0 ? TestScores.harmful(level) : TestScores.harmless());
    }
  }
}
