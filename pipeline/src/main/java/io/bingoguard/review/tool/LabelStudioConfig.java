package io.bingoguard.review.tool;

import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/**
 * The labelling interface of a Label Studio project. The aliases are what its export has.
 *
 * @see <a href="https://labelstud.io/tags/choices">Label Studio, Choices</a>
 */
final class LabelStudioConfig {
  private final StringWriter text = new StringWriter();
  private final XMLStreamWriter xml;

  private LabelStudioConfig() throws XMLStreamException {
    xml = XMLOutputFactory.newInstance().createXMLStreamWriter(text);
  }

  /** The interface, as XML. */
  static String of(Map<String, String> categories) {
    try {
      LabelStudioConfig config = new LabelStudioConfig();
      config.write(categories);
      return config.text.toString();
    } catch (XMLStreamException e) {
      throw new IllegalStateException("XML in memory cannot be written", e);
    }
  }

  private void write(Map<String, String> categories) throws XMLStreamException {
    xml.writeStartElement("View");
    xml.writeCharacters("\n");
    empty("Header", List.of("value", "$question"));
    empty("Text", List.of("name", "context", "value", "$context"));
    empty("Text", List.of("name", "message", "value", "$message"));
    choices(LabelStudioFormat.VERDICT, List.of("required", "true"));
    for (Verdict verdict : Verdict.values()) {
      empty("Choice", List.of("value", verdict.key()));
    }
    close();
    if (!categories.isEmpty()) {
      choices(
          LabelStudioFormat.CATEGORY,
          List.of(
              "visibleWhen",
              "choice-selected",
              "whenTagName",
              LabelStudioFormat.VERDICT,
              "whenChoiceValue",
              Verdict.HARMFUL.key()));
      for (Map.Entry<String, String> category : categories.entrySet()) {
        String shown = category.getKey() + " " + category.getValue();
        empty("Choice", List.of("value", shown, "alias", category.getKey()));
      }
      close();
    }
    close();
    xml.flush();
  }

  private void choices(String name, List<String> more) throws XMLStreamException {
    xml.writeStartElement("Choices");
    attributes(List.of("name", name, "toName", "message", "choice", "single-radio"));
    attributes(more);
    xml.writeCharacters("\n");
  }

  private void empty(String name, List<String> attributes) throws XMLStreamException {
    xml.writeEmptyElement(name);
    attributes(attributes);
    xml.writeCharacters("\n");
  }

  /** Names and values in turn, so that they keep their order. */
  private void attributes(List<String> pairs) throws XMLStreamException {
    for (int i = 0; i < pairs.size(); i += 2) {
      xml.writeAttribute(pairs.get(i), pairs.get(i + 1));
    }
  }

  private void close() throws XMLStreamException {
    xml.writeEndElement();
    xml.writeCharacters("\n");
  }
}
