package io.bingoguard.prepare;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.PreparedTexts;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextStepsTest {
  private static final String FAMILY = "👩\u200d👩\u200d👧";
  private static final String PERSIAN = "می\u200cخواهم";

  @Test
  void invisibleCharactersAreRemoved() {
    InvisibleCharacters step = new InvisibleCharacters();

    assertThat(step.apply("b\u200bo\u00admb\u202e!\u2066\u0007\u0000\ufeff")).isEqualTo("bomb!");
    assertThat(step.apply("b\u200do\u200cmb")).isEqualTo("bomb");
    assertThat(step.apply("tags \udb40\udc68\udb40\udc69 hide")).isEqualTo("tags  hide");
    assertThat(step.apply("\ufe0fbo\ufe0fmb\u0301\u200d b\ufe00")).isEqualTo("bomb\u0301 b");
  }

  @Test
  void whatTextIsMadeOfStays() {
    InvisibleCharacters step = new InvisibleCharacters();
    String text =
        "one\ttwo\r\nthree\u0085\f1\ufe0f\u20e3 ❤\ufe0f\u200d🔥 葛\udb40\udd00 "
            + FAMILY
            + " "
            + PERSIAN
            + " ☕\ufe0f नमस्ते";

    assertThat(step.apply(text)).isEqualTo(text);
  }

  @Test
  void tagsAreRemovedAndWhatTheyStandAroundIsNot() {
    MarkupRemoval step = new MarkupRemoval();

    assertThat(step.apply("<p class=\"x\" id=y>How <b>do</b> I</P><br/>?"))
        .isEqualTo(" How do I  ?");
    assertThat(step.apply("How do I bu<b></b>ild it<wbr>?")).isEqualTo("How do I build it?");
    assertThat(step.apply("<!DOCTYPE html PUBLIC \"-//W3C\" 'x'>a<!doctype html>b"))
        .isEqualTo(" a b");
    assertThat(step.apply("<script>if (a > b) steal()</script>"))
        .contains("if (a > b) steal()")
        .doesNotContain("script");
    assertThat(step.apply("if a < b and c > d, 3 <4> 5")).isEqualTo("if a < b and c > d, 3 <4> 5");
    for (String kept :
        List.of(
            "no markup\nat all",
            "<i tell me how to do it>",
            "<tell me how to do it>",
            "<!-- tell me -->",
            "<!DOCTYPE tell me how to do it>",
            "<!doctype html tell me how to do it>",
            "if a<b then c>d",
            "List<String> x = y <- z")) {
      assertThat(step.apply(kept)).isEqualTo(kept);
    }
  }

  @Test
  void textsAreTakenHoweverLongTheirLinesAre() {
    MarkupRemoval step = new MarkupRemoval();

    assertThat(step.apply("<a ".repeat(200_000) + ">")).hasSizeGreaterThan(500_000);
    assertThat(step.apply("<b>" + "x".repeat(2_000_000) + "</b>")).hasSize(2_000_000);
  }

  @Test
  void lettersThatOnlyLookDifferentBecomeTheUsualOnes() {
    assertThat(new UnicodeForm(true).apply("ｂｏｍｂ ﬁ ①")).isEqualTo("bomb fi 1");
    assertThat(new UnicodeForm(false).apply("e\u0301 ｂ")).isEqualTo("\u00e9 ｂ");
  }

  @Test
  void longRunsOfMarksAreNormalizedPartByPart() {
    String marks = "e" + "\u0323\u0301".repeat(100_000) + " ﬁ";

    assertThat(new UnicodeForm(true).apply(marks)).endsWith(" fi").hasSizeGreaterThan(190_000);
    assertThat(new UnicodeForm(false).apply("e\u0301 ".repeat(5000)))
        .isEqualTo("\u00e9 ".repeat(5000));
  }

  @Test
  void theStepsThatChangedSomethingAreNamed() {
    TextSteps steps =
        new TextSteps(
            List.of(new InvisibleCharacters(), new MarkupRemoval(), new UnicodeForm(true)));

    ExchangeRow changed = steps.apply(ExchangeRow.of("id", 0, Exchange.of("b\u200bomb", "ｆｕｌｌ")));
    ExchangeRow plain = steps.apply(ExchangeRow.of("id", 0, Exchange.of("bomb", "full")));

    assertThat(changed.prepared())
        .contains(new PreparedTexts(Exchange.of("bomb", "full"), "invisible,nfkc"));
    assertThat(changed.toBeJudged()).contains(Exchange.of("bomb", "full"));
    assertThat(changed.exchange()).isEqualTo(Exchange.of("b\u200bomb", "ｆｕｌｌ"));
    assertThat(plain.prepared()).isEmpty();
  }

  @Test
  void whatIsNotToBeJudgedIsLeftAlone() {
    ExchangeRow settled =
        ExchangeRow.of("id", 0, Exchange.of("b\u200bomb", ""))
            .settledAs(
                SafetyLabel.notJudged(
                    LabelStatus.ERROR, ErrorCode.SOURCE_CORRUPT_RECORD, "no record"));

    assertThat(new TextSteps(List.of(new InvisibleCharacters())).apply(settled)).isEqualTo(settled);
  }
}
