package io.bingoguard.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TemplateTest {
  @Test
  void rendersFixedTextToTheByteAndStripsOnlyConversationText() {
    String before = "\ufeff \t<|begin_of_text|>S1: x. \r\n  \u00a0";
    String after = " \n\n\u3000";
    List<Piece> pieces =
        Template.parse(before + "{prompt}" + after, true)
            .render(Map.of(Slot.PROMPT, "\u00a0\r\n hi \r\n there \u3000\n"));

    assertThat(pieces)
        .containsExactly(
            new Piece(before, true), new Piece("hi \r\n there", false), new Piece(after, true));
  }

  @Test
  void keepsPackTextInSlotsAsItIsAndTrustsIt() {
    List<Piece> pieces =
        Template.parse("{category}|{rubric}|{response}", true)
            .render(
                Map.of(Slot.CATEGORY, " theft ", Slot.RUBRIC, "\n0: none \n", Slot.RESPONSE, "x"));

    assertThat(pieces)
        .containsExactly(
            new Piece(" theft ", true),
            new Piece("|", true),
            new Piece("\n0: none \n", true),
            new Piece("|", true),
            new Piece("x", false));
  }

  @Test
  void doesNotFillTextThatLooksLikeASlot() {
    Map<Slot, String> texts =
        Map.of(
            Slot.PROMPT, "{response} {{prompt}} }{ %s",
            Slot.RESPONSE, "{prompt}",
            Slot.CATEGORY, "{rubric}",
            Slot.RUBRIC, "{prompt}{{}}");

    assertThat(text(Template.parse("{prompt}/{response}/{category}/{rubric}", true).render(texts)))
        .isEqualTo("{response} {{prompt}} }{ %s/{prompt}/{rubric}/{prompt}{{}}");
  }

  @ParameterizedTest
  @CsvSource({
    "'{{prompt}}', '{prompt}'",
    "'{{{prompt}}}', '{TEXT}'",
    "'{{{{}}}}', '{{}}'",
    "'{prompt}}}', 'TEXT}'",
    "'{prompt}{prompt}', 'TEXTTEXT'",
    "'a {{b}} {prompt} {{\"k\": 1}}', 'a {b} TEXT {\"k\": 1}'",
    "'{{', '{'",
    "'', ''"
  })
  void readsDoubledBracesAsLiteralOnes(String template, String rendered) {
    assertThat(text(Template.parse(template, true).render(Map.of(Slot.PROMPT, "TEXT"))))
        .isEqualTo(rendered);
  }

  @ParameterizedTest
  @CsvSource({
    "'ab{prompt', '{', 'offset 2'",
    "'ab}', '}', 'offset 2'",
    "'{prompt}}', '}', 'offset 8'",
    "'{Prompt}', '{Prompt}', 'unknown slot'",
    "'{ prompt}', '{ prompt}', 'unknown slot'",
    "'{}', '{}', 'unknown slot'",
    "'{{{', '{', 'offset 2'"
  })
  void refusesStrayBracesAndUnknownSlotsByName(String template, String seen, String place) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Template.parse(template, true))
        .withMessageContaining(seen)
        .withMessageContaining(place);
  }

  @Test
  void leavesNoPieceForAnEmptyText() {
    assertThat(Template.parse("a{prompt}b", true).render(Map.of(Slot.PROMPT, " \u0085\u001c ")))
        .containsExactly(new Piece("a", true), new Piece("b", true));
  }

  @Test
  void refusesToRenderWithoutATextForEverySlot() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> Template.parse("{prompt}{response}", true).render(Map.of(Slot.PROMPT, "x")))
        .withMessageContaining("{response}");
  }

  private static String text(List<Piece> pieces) {
    return pieces.stream().map(Piece::text).collect(Collectors.joining());
  }
}
