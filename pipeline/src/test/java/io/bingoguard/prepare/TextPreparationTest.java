package io.bingoguard.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LongText;
import io.bingoguard.spark.labelling.TextHandling;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.PreparedTexts;
import io.bingoguard.spark.settings.GuardSettings;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TextPreparationTest {
  @Test
  void unlessItIsAskedForNothingIsChanged() {
    TextHandling handling = TextPreparation.of(settings(Map.of()));
    ExchangeRow row = ExchangeRow.of("id", 0, Exchange.of("b\u200bomb", "<b>x</b>"));

    assertThat(handling.longTexts().mode()).isEqualTo(LongText.WINDOW);
    assertThat(handling.preparation().apply(row)).isEqualTo(row.in("und"));
  }

  @Test
  void stepsGoFromWhatHidesToWhatIsHidden() throws Exception {
    TextHandling handling =
        sent(TextPreparation.of(settings(Map.of("prepare", "nfkc, markup,INVISIBLE"))));

    ExchangeRow prepared =
        handling
            .preparation()
            .apply(ExchangeRow.of("id", 0, Exchange.ofPrompt("<\u200bb>ｂｏｍｂ</b>")));

    assertThat(prepared.prepared())
        .contains(new PreparedTexts(Exchange.ofPrompt("bomb"), "invisible,markup,nfkc"));
    assertThat(handling.longTexts().splitter().cuts("One. Two.")).containsExactly(5);
  }

  @Test
  void theLanguageIsThatOfTheTextWithoutItsMarkup() {
    String page =
        "<div class=\"container content\" id=\"main-content-wrapper\">".repeat(8)
            + "Kannst du mir bitte sagen, wie ich ohne einen Ofen zu Hause ein Brot backen kann?";

    ExchangeRow prepared =
        TextPreparation.of(settings(Map.of("prepare", "markup")))
            .preparation()
            .apply(ExchangeRow.of("id", 0, Exchange.ofPrompt(page)));

    assertThat(prepared.language()).contains("de");
  }

  @Test
  void withoutSparkNlpOnlyWhatNeedsItIsRefused() {
    Thread thread = Thread.currentThread();
    ClassLoader usual = thread.getContextClassLoader();
    thread.setContextClassLoader(ClassLoader.getPlatformClassLoader());
    try {
      assertThatThrownBy(() -> TextPreparation.of(settings(Map.of())))
          .hasMessageContaining("spark-nlp_2.12")
          .extracting("code")
          .isEqualTo(ErrorCode.SPARK_NLP_MISSING);
      Map<String, String> plain = Map.of("longText", "truncate", "prepare", "invisible,nfc");
      assertThat(TextPreparation.of(settings(plain)).longTexts().mode())
          .isEqualTo(LongText.TRUNCATE);
    } finally {
      thread.setContextClassLoader(usual);
    }
  }

  /** As it arrives in a task. */
  private static TextHandling sent(TextHandling handling) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(handling);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (TextHandling) in.readObject();
    }
  }

  private static GuardSettings settings(Map<String, String> named) {
    Map<String, String> full = new TreeMap<>();
    named.forEach((name, value) -> full.put("spark.bingoguard." + name, value));
    return GuardSettings.of(full);
  }
}
