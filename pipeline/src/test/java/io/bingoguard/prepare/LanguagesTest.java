package io.bingoguard.prepare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.settings.GuardSettings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {
  private static final String ENGLISH =
      "Could you please tell me how I can bake a loaf of bread without an oven at home?";
  private static final String GERMAN =
      "Kannst du mir bitte sagen, wie ich ohne einen Ofen zu Hause ein Brot backen kann?";

  private final LanguageDetection detection = new LanguageDetection();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "en|Could you please tell me how I can bake a loaf of bread without an oven at home?",
        "de|Kannst du mir bitte sagen, wie ich ohne einen Ofen zu Hause ein Brot backen kann?",
        "fr|Pourriez-vous me dire comment faire cuire du pain chez moi sans avoir de four ?",
        "es|¿Puedes decirme cómo puedo hornear una barra de pan en casa sin tener un horno?",
        "ru|Подскажите, пожалуйста, как можно испечь хлеб дома, если у меня нет духовки? У меня есть мука, вода и дрожжи, но никто этого раньше не делал.",
        "zh|请告诉我在家里没有烤箱的情况下怎样才能烤出一条面包，我需要准备哪些材料，面团需要发酵多长时间，谢谢你的帮助",
        "ja|オーブンがなくても家でパンを焼く方法を教えてください。材料は何が必要で、どのくらい時間がかかりますか。よろしくお願いします。",
        "und|Hi there!",
        "und|1234567890 1234567890 1234567890 1234567890 1234567890"
      })
  void theLanguageOfATextIsFoundOut(String language, String text) {
    assertThat(detection.language(Exchange.ofPrompt(text))).isEqualTo(language);
  }

  @Test
  void whereTheTextsDifferItIsUnknown() {
    assertThat(detection.language(Exchange.of(ENGLISH, GERMAN))).isEqualTo("und");
    assertThat(detection.language(Exchange.of(ENGLISH, "Yes!"))).isEqualTo("en");
    assertThat(detection.language(Exchange.ofPrompt(GERMAN.repeat(3) + ENGLISH.repeat(20))))
        .isEqualTo("und");
  }

  @Test
  void noPartOfATextHidesAnother() {
    assertThat(detection.language(Exchange.ofPrompt(GERMAN.repeat(3) + ENGLISH.repeat(3))))
        .isEqualTo("und");
    assertThat(
            detection.language(
                Exchange.ofPrompt(GERMAN.repeat(20) + ENGLISH.repeat(20) + GERMAN.repeat(20))))
        .isEqualTo("und");
  }

  @Test
  void whatTheCorpusSaysCounts() {
    ExchangeRow said = ExchangeRow.of("id", 0, Exchange.ofPrompt(ENGLISH)).in("German");

    assertThat(detection.apply(said)).isEqualTo(said);
    assertThat(filtered(said, "en").settled().map(SafetyLabel::status))
        .contains(LabelStatus.SKIPPED_LANGUAGE);
  }

  @ParameterizedTest
  @CsvSource({
    "en,true",
    "EN-us,true",
    "eng,true",
    "English,true",
    "und,true",
    "Klingonisch,true",
    "mul,true",
    "de,false",
    "ger,false",
    "zh-Hant,false"
  })
  void onlyLanguagesAskedForAreJudgedAndWhatCannotBeTold(String spelt, boolean judged) {
    ExchangeRow row = ExchangeRow.of("id", 0, Exchange.ofPrompt(ENGLISH)).in(spelt);

    assertThat(filtered(row, "english").toBeJudged().isPresent()).isEqualTo(judged);
  }

  @ParameterizedTest
  @CsvSource({
    "en,en",
    "ENG,en",
    "Norwegian,no",
    "nob,no",
    "Farsi,fa",
    "cmn,zh",
    "deu,de",
    "pt_BR,pt",
    "fil,fil",
    "chi,zh"
  })
  void languagesHaveOneCodeHoweverTheyAreSpelt(String spelt, String code) {
    assertThat(LanguageCodes.of(spelt)).contains(code);
  }

  @Test
  void aLanguageThatIsNoneIsRefused() {
    assertThatThrownBy(() -> TextPreparation.of(settings("languages", "en,xyzzy")))
        .hasMessageContaining("xyzzy")
        .extracting("code")
        .isEqualTo(ErrorCode.LANGUAGE_UNKNOWN);
  }

  private static ExchangeRow filtered(ExchangeRow row, String language) {
    return new LanguageFilter(List.of(LanguageCodes.of(language).orElseThrow())).apply(row);
  }

  private static GuardSettings settings(String name, String value) {
    return GuardSettings.of(Map.of("spark.bingoguard." + name, value));
  }
}
