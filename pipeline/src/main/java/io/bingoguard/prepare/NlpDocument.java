package io.bingoguard.prepare;

import com.johnsnowlabs.nlp.Annotation;
import java.util.List;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/** Texts as Spark NLP's annotators take them. */
final class NlpDocument {
  private NlpDocument() {}

  /** A text as a document of its own. */
  static Seq<Annotation> of(String text) {
    return JavaConverters.asScalaBuffer(List.of(document(text))).toSeq();
  }

  private static Annotation document(String text) {
    return Annotation.apply(
        "document",
        0,
        text.length() - 1,
        text,
        scala.collection.immutable.Map$.MODULE$.<String, String>empty(),
        new float[0]);
  }
}
