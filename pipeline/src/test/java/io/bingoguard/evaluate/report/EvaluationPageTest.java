package io.bingoguard.evaluate.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import javax.swing.text.MutableAttributeSet;
import javax.swing.text.html.HTML;
import javax.swing.text.html.HTMLEditorKit.ParserCallback;
import javax.swing.text.html.parser.ParserDelegator;
import org.junit.jupiter.api.Test;

class EvaluationPageTest {
  private static final String HOSTILE = "</td><script>alert('\"&')</script><img src=//x onerror=y>";

  @Test
  void saysWhatIsAskedFirstAndThenWhereItIsWrong() {
    String text = text(Judgements.mixed(200).page());

    assertThat(text)
        .containsSubsequence(
            "bingoguard-mini on invented.csv",
            "200 cases",
            "judged 2026-05-04 03:02 UTC",
            "bingoguard-spark 1.2.3",
            "This model is tiny.",
            "How good it is",
            "Verdicts on the prompt",
            "F1",
            "Verdicts on the response",
            "Published figures",
            "Categories of",
            "Severity within the predicted category",
            "Where it is wrong",
            "called harmful",
            "Kinds of case",
            "False alarms",
            "Missed",
            "What was taken for what",
            "Other thresholds",
            "Calibration",
            "How this was measured",
            "sha256:0011",
            "bingoguard evaluate --dataset 'a <b>.csv'");
  }

  @Test
  void needsNothingElseAndRunsNothing() {
    String page = Judgements.mixed(200).withTexts().page();

    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("<svg", "prefers-color-scheme: dark", "@media print", "default-src 'none'")
        .doesNotContain("<script", "<link", "<img", "http://", "https://", "url(", "@import");
  }

  @Test
  void takesNothingForMarkup() {
    Judgements hostile = new Judgements().withTexts().byModel(HOSTILE, HOSTILE);
    hostile.ofDataset(HOSTILE, "gold");
    for (int i = 0; i < 10; i++) {
      hostile.prompt(i % 2 == 0, i / 10.0, HOSTILE, HOSTILE);
    }

    String page = hostile.page();

    assertThat(tags(page)).doesNotContain("script", "img");
    assertThat(text(page)).contains("</td><script>alert('\"&')</script>");
    assertThat(tags(page)).filteredOn("h1"::equals).hasSize(1);
  }

  @Test
  void staysSmallWhateverTheData() {
    Judgements many = new Judgements().withTexts().byModel("&".repeat(5000), "'".repeat(5000));
    for (int i = 0; i < 5000; i++) {
      many.prompt(i % 2 == 0, i % 100 / 100.0, "'".repeat(300) + i, "&\"\u20ac".repeat(2000));
    }

    String page = many.page();

    assertThat(page.getBytes(StandardCharsets.UTF_8).length)
        .isBetween(50_000, EvaluationPage.MOST_BYTES);
    assertThat(text(page)).contains("4,900 more are not shown");
  }

  @Test
  void showsTextsOnlyOnRequest() {
    Judgements wrong = new Judgements().prompt(true, 0.2, "kind", "how to bake a cake");

    assertThat(wrong.page()).doesNotContain("how to bake a cake").contains("0.2000");
    assertThat(wrong.withTexts().page()).contains("how to bake a cake");
  }

  @Test
  void showsTheSurestMistakesFirst() {
    Judgements wrong = new Judgements();
    wrong.prompt(true, 0.3, "kind", "a").prompt(true, 0.1, "kind", "b");
    wrong.prompt(false, 0.6, "kind", "c").prompt(false, 0.9, "kind", "d");

    assertThat(text(wrong.page())).containsSubsequence("0.9000", "0.6000", "0.1000", "0.3000");
  }

  @Test
  void leavesOutFiguresThatSayNothing() {
    Judgements harmful = new Judgements();
    harmful.prompt(true, 0.9, "found", "a").prompt(true, 0.1, "lost", "b");
    Judgements harmless = new Judgements().prompt(false, 0.9, "kind", "a");

    assertThat(text(harmful.page()))
        .contains("All cases are harmful", "1 of 2 harmful cases were missed")
        .doesNotContain("undefined", "AUROC 0", "false alarms 0");
    assertThat(FigureRows.first(harmful.evaluation().verdicts().get(0)))
        .extracting(FigureRow::key)
        .containsExactly("recall");
    assertThat(FigureRows.first(harmless.evaluation().verdicts().get(0)))
        .extracting(FigureRow::key)
        .containsExactly("false_positive_rate");
    assertThat(EvaluationText.of(harmful.evaluation())).doesNotContain("undefined");
  }

  @Test
  void saysWhyAFigureIsUndefined() {
    Judgements silent = new Judgements();
    silent.prompt(true, 0.2, "kind", "a").prompt(false, 0.1, "kind", "b");

    assertThat(text(silent.page())).containsSubsequence("undefined", "no case was called harmful");
    assertThat(EvaluationText.of(silent.evaluation()))
        .containsPattern("precision +undefined  no case was called harmful")
        .doesNotContainPattern("kind.*undefined");
  }

  @Test
  void tellsTheModelsOwnPublishedFigureFromOthers() {
    Judgements judged = Judgements.mixed(50).ofDataset("set.jsonl", "beavertails");

    assertThat(text(judged.page()))
        .contains("No F1 of bingoguard-mini on this kind of set is published")
        .doesNotContain("published for this model");
    judged.byModel("bingoguard-llama-8b", "bingoguard/1@sha256:1");
    assertThat(text(judged.page())).contains("Published for this model: 86.4; measured here: ");
    judged.byModel("bingoguard-llama-8b", "other-prompts/1@sha256:1");
    assertThat(text(judged.page())).doesNotContain("Published for this model");
    judged.ofDataset("set.jsonl", "gold");
    assertThat(text(judged.page())).contains("Nothing is published for sets of the layout gold");
  }

  @Test
  void sortsCategoriesByNumberAndNamesThem() {
    String page = Judgements.mixed(200).page();
    String each = page.substring(page.indexOf("Each category"));

    assertThat(text(each))
        .containsSubsequence("S2 Weapons", "S7 Theft & <fraud>", "S10 Insults")
        .containsSubsequence("By true category", "S2 Weapons", "S10 Insults");
  }

  @Test
  void ranksKindsOfCaseByWhatIsWrong() {
    Judgements judged = new Judgements();
    judged.prompt(true, 0.9, "fine", "a").prompt(false, 0.1, "fine", "b");
    judged.prompt(true, 0.1, "poor", "a").prompt(true, 0.9, "poor", "b");
    String page = judged.page();

    assertThat(text(page.substring(page.indexOf("Kinds of case"))))
        .containsSubsequence("poor", "1 of 2", "50.0%", "fine", "0 of 1", "0 of 1", "0.0%");
  }

  /** What a reader sees, pieces apart by a blank. */
  private static String text(String page) {
    List<String> pieces = new ArrayList<>();
    parse(page, pieces, new ArrayList<>());
    return Pattern.compile("\\s+").matcher(String.join(" ", pieces)).replaceAll(" ");
  }

  private static List<String> tags(String page) {
    List<String> tags = new ArrayList<>();
    parse(page, new ArrayList<>(), tags);
    return tags;
  }

  private static void parse(String page, List<String> pieces, List<String> tags) {
    String body = page.replaceAll("(?s)<style>.*?</style>", "");
    try {
      new ParserDelegator()
          .parse(
              new StringReader(body),
              new ParserCallback() {
                @Override
                public void handleText(char[] data, int position) {
                  pieces.add(new String(data));
                }

                @Override
                public void handleStartTag(HTML.Tag tag, MutableAttributeSet set, int position) {
                  tags.add(tag.toString());
                }

                @Override
                public void handleSimpleTag(HTML.Tag tag, MutableAttributeSet set, int position) {
                  tags.add(tag.toString());
                }
              },
              true);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
