package io.bingoguard.prompt;

import io.bingoguard.guard.SlotText;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A prompt text with slots, for example {@code Message: {prompt}}. Doubled braces stand for literal
 * ones. Template text is rendered as it is, to the byte; conversation texts are stripped unless the
 * model was taught otherwise.
 */
public final class Template {
  /** Either fixed text or a slot, never both. */
  private record Part(String text, Optional<Slot> slot) {}

  private final List<Part> parts;
  private final boolean strip;

  private Template(List<Part> parts, boolean strip) {
    this.parts = List.copyOf(parts);
    this.strip = strip;
  }

  /**
   * Parses template text.
   *
   * @param strip whether conversation texts lose leading and trailing white space
   * @throws IllegalArgumentException naming the unknown slot or the stray brace
   */
  public static Template parse(String source, boolean strip) {
    Objects.requireNonNull(source, "source");
    List<Part> parts = new ArrayList<>();
    StringBuilder fixed = new StringBuilder();
    int at = 0;
    while (at < source.length()) {
      char c = source.charAt(at);
      boolean doubled = at + 1 < source.length() && source.charAt(at + 1) == c;
      if ((c == '{' || c == '}') && doubled) {
        fixed.append(c);
        at += 2;
      } else if (c == '{') {
        int end = source.indexOf('}', at);
        if (end < 0) {
          throw new IllegalArgumentException("'{' at offset " + at + " is never closed");
        }
        addFixed(parts, fixed);
        parts.add(new Part("", Optional.of(slotNamed(source.substring(at + 1, end)))));
        at = end + 1;
      } else if (c == '}') {
        throw new IllegalArgumentException("'}' at offset " + at + " closes nothing");
      } else {
        fixed.append(c);
        at++;
      }
    }
    addFixed(parts, fixed);
    return new Template(parts, strip);
  }

  private static void addFixed(List<Part> parts, StringBuilder fixed) {
    if (!fixed.isEmpty()) {
      parts.add(new Part(fixed.toString(), Optional.empty()));
      fixed.setLength(0);
    }
  }

  private static Slot slotNamed(String key) {
    for (Slot slot : Slot.values()) {
      if (slot.key().equals(key)) {
        return slot;
      }
    }
    throw new IllegalArgumentException("unknown slot '{" + key + "}'");
  }

  /** The slots that occur. */
  public Set<Slot> slots() {
    Set<Slot> slots = EnumSet.noneOf(Slot.class);
    parts.forEach(part -> part.slot().ifPresent(slots::add));
    return slots;
  }

  /** The text that {@link #render} puts into a slot for a given one; empty without such a slot. */
  String filling(Slot slot, String text) {
    if (!slots().contains(slot)) {
      return "";
    }
    return strip && slot.conversation() ? SlotText.strip(text) : text;
  }

  /**
   * Fills every slot in one go, so that text which looks like a slot is never filled again.
   *
   * @param texts a text for each slot of this template
   */
  public List<Piece> render(Map<Slot, String> texts) {
    List<Piece> pieces = new ArrayList<>(parts.size());
    for (Part part : parts) {
      if (part.slot().isEmpty()) {
        pieces.add(new Piece(part.text(), true));
        continue;
      }
      Slot slot = part.slot().get();
      String text = texts.get(slot);
      if (text == null) {
        throw new IllegalArgumentException("no text for slot '{" + slot.key() + "}'");
      }
      String filled = filling(slot, text);
      if (!filled.isEmpty()) {
        pieces.add(new Piece(filled, !slot.conversation()));
      }
    }
    return pieces;
  }
}
