package io.bingoguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SlotTextTest {
  /** Every code point for which Python's {@code str.isspace} holds; none lies above the BMP. */
  private static final Set<Integer> PYTHON_SPACES =
      Set.of(
          0x9, 0xa, 0xb, 0xc, 0xd, 0x1c, 0x1d, 0x1e, 0x1f, 0x20, 0x85, 0xa0, 0x1680, 0x2000, 0x2001,
          0x2002, 0x2003, 0x2004, 0x2005, 0x2006, 0x2007, 0x2008, 0x2009, 0x200a, 0x2028, 0x2029,
          0x202f, 0x205f, 0x3000);

  @Test
  void stripsExactlyWhatPythonStrips() {
    Set<Integer> stripped = new TreeSet<>();
    for (int c = Character.MIN_VALUE; c <= Character.MAX_VALUE; c++) {
      String space = Character.toString(c);
      String left = SlotText.strip(space + "x");
      String right = SlotText.strip("x" + space);
      assertThat(left.equals("x")).as("U+%04X on both sides", c).isEqualTo(right.equals("x"));
      if (left.equals("x")) {
        stripped.add(c);
      } else {
        assertThat(left).isEqualTo(space + "x");
        assertThat(right).isEqualTo("x" + space);
      }
    }

    assertThat(stripped).containsExactlyInAnyOrderElementsOf(PYTHON_SPACES);
  }

  @Test
  void keepsWhatIsInsideAndCharactersAboveTheBasicPlane() {
    assertThat(SlotText.strip(" \t\r\n😀 a\u00a0\n b 😀\u2029 ")).isEqualTo("😀 a\u00a0\n b 😀");
    assertThat(SlotText.strip(" \u3000\n")).isEmpty();
    assertThat(SlotText.strip("")).isEmpty();
  }
}
