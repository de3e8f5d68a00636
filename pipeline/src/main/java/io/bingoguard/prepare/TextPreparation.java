package io.bingoguard.prepare;

import io.bingoguard.spark.labelling.ExchangeStep;
import io.bingoguard.spark.labelling.TextHandling;
import io.bingoguard.spark.settings.GuardSettings;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What settings say of how texts get to the model. */
public final class TextPreparation {
  private static final String SPARK_NLP = "com.johnsnowlabs.nlp.Annotation";

  /** Tags may be hidden by what is invisible; both may hide letters. */
  private static final List<String> ORDER = List.of("invisible", "markup", "nfc", "nfkc");

  private TextPreparation() {}

  /**
   * What is done to texts.
   *
   * @throws io.bingoguard.guard.GuardException SETTING_INVALID, LANGUAGE_UNKNOWN, and
   *     SPARK_NLP_MISSING where that is needed and not there
   */
  public static TextHandling of(GuardSettings settings) {
    List<TextStep> steps = new ArrayList<>();
    for (String name : ORDER) {
      if (settings.prepare().contains(name)) {
        steps.add(step(name));
      }
    }
    // Markup has a language of its own.
    ExchangeStep preparation = new TextSteps(steps).then(new LanguageDetection());
    if (!settings.languages().isEmpty()) {
      preparation = preparation.then(filter(settings));
    }
    if (settings.spreadDates() > 0) {
      preparation =
          preparation.then(new SpreadDates(settings.spreadDates(), LocalDate.now(ZoneOffset.UTC)));
    }
    return new TextHandling(preparation, settings.longTexts(TextPreparation::splitter));
  }

  /**
   * Whether exchanges in a language are judged, as rows of labels name it.
   *
   * @throws io.bingoguard.guard.GuardException LANGUAGE_UNKNOWN
   */
  public static Predicate<String> judgedLanguages(GuardSettings settings) {
    return settings.languages().isEmpty() ? language -> true : filter(settings)::judges;
  }

  private static LanguageFilter filter(GuardSettings settings) {
    return new LanguageFilter(codes(settings.languages()));
  }

  private static SentenceSplitter splitter() {
    refuseMissing("Judging long texts in windows");
    return new SentenceSplitter();
  }

  private static TextStep step(String name) {
    return switch (name) {
      case "invisible" -> new InvisibleCharacters();
      case "markup" -> {
        refuseMissing("Removing markup");
        yield new MarkupRemoval();
      }
      default -> new UnicodeForm(name.equals("nfkc"));
    };
  }

  private static List<String> codes(List<String> languages) {
    return languages.stream()
        .map(
            spelt ->
                LanguageCodes.of(spelt).orElseThrow(() -> PrepareErrors.languageUnknown(spelt)))
        .toList();
  }

  private static void refuseMissing(String wanting) {
    try {
      Class.forName(SPARK_NLP, false, Thread.currentThread().getContextClassLoader());
    } catch (ClassNotFoundException e) {
      throw PrepareErrors.sparkNlpMissing(wanting);
    }
  }
}
