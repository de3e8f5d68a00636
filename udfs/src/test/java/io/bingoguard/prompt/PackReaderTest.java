package io.bingoguard.prompt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PackReaderTest {
  @TempDir Path directory;

  @ParameterizedTest(name = "{0}")
  @MethodSource
  void refusesABrokenPackAndNamesThePlace(
      String what, Consumer<ObjectNode> mutation, String place, String seen) {
    ObjectNode pack = PackJson.valid();
    mutation.accept(pack);
    Path file = PackJson.write(directory, pack);

    assertThatThrownBy(() -> PromptPack.read(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(place)
        .hasMessageContaining(seen)
        .asInstanceOf(type(GuardException.class))
        .extracting(GuardException::code)
        .isEqualTo(ErrorCode.PACK_INVALID);
  }

  static Stream<Arguments> refusesABrokenPackAndNamesThePlace() {
    return Stream.of(
        // The frame
        broken("other format", p -> p.put("format", "other/2"), "format", "other/2"),
        broken("no format", p -> p.remove("format"), "the file", "'format'"),
        broken("no name", p -> p.remove("name"), "the file", "'name'"),
        broken("blank name", p -> p.put("name", " "), "the file", "'name'"),
        broken("version is a number", p -> p.put("version", 1), "the file", "'version'"),
        broken("unknown field", p -> p.put("bos", 2), "the file", "'bos'"),
        broken("no bos_token", p -> p.remove("bos_token"), "bos_count", "bos_token"),
        broken("no bos_count", p -> p.remove("bos_count"), "bos_count", "0 to 8"),
        broken("bos_count below 0", p -> p.put("bos_count", -1), "bos_count", "-1"),
        broken("bos_count above 8", p -> p.put("bos_count", 9), "bos_count", "9"),
        broken("bos_count a fraction", p -> p.put("bos_count", 1.5), "bos_count", "1.5"),
        broken("bos_count a string", p -> p.put("bos_count", "2"), "bos_count", "\"2\""),
        broken("no end_token", p -> p.remove("end_token"), "the file", "'end_token'"),
        broken("blank end_token", p -> p.put("end_token", ""), "the file", "'end_token'"),
        // Categories
        broken("no categories", p -> p.remove("categories"), "categories", "not a list"),
        broken("empty categories", p -> p.putArray("categories"), "categories", "not a list"),
        broken(
            "category is a string",
            p -> array(p, "/categories").set(1, "S2"),
            "category 2",
            "not a JSON object"),
        broken(
            "category without code",
            p -> at(p, "/categories/1").remove("code"),
            "category 2",
            "'code'"),
        broken("blank code", p -> at(p, "/categories/1").put("code", ""), "category 2", "'code'"),
        broken(
            "blank category name",
            p -> at(p, "/categories/2").put("name", "\n"),
            "category 3",
            "'name'"),
        broken(
            "code twice",
            p -> at(p, "/categories/1").put("code", "S1"),
            "category code S1",
            "twice"),
        broken(
            "no rubric", p -> at(p, "/categories/1").remove("rubric"), "category S2", "no rubric"),
        broken(
            "blank rubric",
            p -> at(p, "/categories/2").put("rubric", " "),
            "category 3",
            "'rubric'"),
        broken(
            "misspelt field",
            p -> at(p, "/categories/0").put("rubrics", "x"),
            "category 1",
            "'rubrics'"),
        // Tasks and templates
        broken("no tasks", p -> p.remove("tasks"), "tasks", "not a JSON object"),
        broken(
            "missing task",
            p -> at(p, "/tasks").remove("response"),
            "task response",
            "not a JSON object"),
        broken("unknown task", p -> at(p, "/tasks").putObject("tone"), "tasks", "'tone'"),
        broken(
            "unknown task field",
            p -> at(p, "/tasks/prompt").put("slots", 1),
            "task prompt",
            "'slots'"),
        broken(
            "no template",
            p -> at(p, "/tasks/prompt").remove("template"),
            "template of task prompt",
            "missing"),
        broken(
            "template line is a number",
            p -> at(p, "/tasks/prompt").putArray("template").add("{prompt}").add(7),
            "template of task prompt",
            "NUMBER"),
        broken(
            "unknown slot",
            p -> template(p, "prompt", "{prompt}{reply}"),
            "template of task prompt",
            "{reply}"),
        broken(
            "stray brace",
            p -> template(p, "response", "{response} }"),
            "template of task response",
            "offset 11"),
        broken(
            "unclosed brace",
            p -> template(p, "response", "{response"),
            "template of task response",
            "offset 0"),
        broken(
            "reply in prompt task",
            p -> template(p, "prompt", "{prompt}{response}"),
            "template of task prompt",
            "{response}"),
        broken(
            "rubric in response task",
            p -> template(p, "response", "{response}{rubric}"),
            "template of task response",
            "{rubric}"),
        broken(
            "prompt not judged",
            p -> template(p, "prompt", "Hello"),
            "template of task prompt",
            "{prompt}"),
        broken(
            "reply not judged",
            p -> template(p, "response", "{prompt}"),
            "template of task response",
            "{response}"),
        broken(
            "severity of nothing",
            p -> template(p, "severity", "{prompt}{rubric}"),
            "template of task severity",
            "{response}"),
        // Answers
        broken(
            "no answers",
            p -> at(p, "/tasks/prompt").remove("answers"),
            "answers of task prompt",
            "two or more"),
        broken(
            "answer without text",
            p -> at(p, "/tasks/prompt/answers/0").remove("text"),
            "answers of task prompt",
            "'text'"),
        broken(
            "empty answer",
            p -> at(p, "/tasks/prompt/answers/0").put("text", ""),
            "answers of task prompt",
            "'text'"),
        broken(
            "answer without meaning",
            p -> at(p, "/tasks/response/answers/0").remove("harmful"),
            "answers of task response",
            "'safe'"),
        broken(
            "harmful a string",
            p -> at(p, "/tasks/response/answers/0").put("harmful", "no"),
            "answers of task response",
            "'safe'"),
        broken(
            "harmless with category",
            p -> at(p, "/tasks/prompt/answers/0").put("category", "S1"),
            "answers of task prompt",
            "'safe'"),
        broken(
            "harmful without category",
            p -> at(p, "/tasks/prompt/answers/1").remove("category"),
            "answers of task prompt",
            "S1"),
        broken(
            "unknown category",
            p -> at(p, "/tasks/prompt/answers/1").put("category", "S9"),
            "answers of task prompt",
            "S9"),
        broken(
            "severity in binary task",
            p -> at(p, "/tasks/prompt/answers/1").put("severity", 1),
            "answers of task prompt",
            "'severity'"),
        broken(
            "answer twice",
            p -> at(p, "/tasks/prompt/answers/2").put("text", "unsafe\nS1"),
            "answers of task prompt",
            "S1"),
        broken(
            "two answers, one category",
            p -> at(p, "/tasks/prompt/answers/2").put("category", "S1"),
            "answers of task prompt",
            "mean the same"),
        broken(
            "two harmless answers",
            p ->
                array(p, "/tasks/response/answers")
                    .addObject()
                    .put("text", "Safe")
                    .put("harmful", false),
            "answers of task response",
            "'safe' and 'Safe' mean the same"),
        broken(
            "category without answer",
            p -> array(p, "/tasks/prompt/answers").remove(3),
            "answers of task prompt",
            "3 meanings"),
        broken(
            "no harmless answer",
            p -> array(p, "/tasks/response/answers").remove(0),
            "answers of task response",
            "3 meanings"),
        broken(
            "missing level",
            p -> array(p, "/tasks/severity/answers").remove(2),
            "answers of task severity",
            "4 meanings"),
        broken(
            "level 5",
            p -> at(p, "/tasks/severity/answers/4").put("severity", 5),
            "answers of task severity",
            "severity is 5"),
        broken(
            "level 3.5",
            p -> at(p, "/tasks/severity/answers/4").put("severity", 3.5),
            "answers of task severity",
            "severity is 3.5"),
        broken(
            "level twice",
            p -> at(p, "/tasks/severity/answers/4").put("severity", 3),
            "answers of task severity",
            "mean the same"),
        broken(
            "level without severity",
            p -> at(p, "/tasks/severity/answers/4").remove("severity"),
            "answers of task severity",
            "severity is"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "{\"format\": \"a\", \"format\": \"a\"}; PACK_UNREADABLE; 'format'",
        "{\"format\": ; PACK_UNREADABLE; line: 1",
        "{} {}; PACK_UNREADABLE; Trailing",
        "``; PACK_INVALID; the file is not a JSON object",
        "[]; PACK_INVALID; the file is not a JSON object",
        "{}; PACK_INVALID; 'format'"
      })
  void refusesAFileThatIsNotOneJsonObject(String json, ErrorCode code, String seen) {
    Path file = PackJson.write(directory, json);

    assertThatThrownBy(() -> PromptPack.read(file))
        .hasMessageContaining(file.toString())
        .hasMessageContaining(seen)
        .asInstanceOf(type(GuardException.class))
        .extracting(GuardException::code)
        .isEqualTo(code);
  }

  @Test
  void refusesAMissingFile() {
    Path file = directory.resolve(PromptPack.FILE_NAME);

    assertThatThrownBy(() -> PromptPack.read(file))
        .hasMessageContaining(file + " cannot be read: no such file")
        .asInstanceOf(type(GuardException.class))
        .extracting(GuardException::code)
        .isEqualTo(ErrorCode.PACK_UNREADABLE);
  }

  @Test
  void needsNoRubricWhereNoTemplateAsksForOne() {
    ObjectNode pack = PackJson.valid();
    template(pack, "severity", "{category}: {response}");
    array(pack, "/categories").forEach(category -> ((ObjectNode) category).remove("rubric"));

    assertThat(PromptPack.read(PackJson.write(directory, pack)).categories())
        .extracting(PackCategory::rubric)
        .containsOnly("");
  }

  @Test
  void needsNoBosTokenWhereNoneIsSent() {
    ObjectNode pack = PackJson.valid().put("bos_count", 0);
    pack.remove("bos_token");

    assertThat(PromptPack.read(PackJson.write(directory, pack)).special().bos()).isEmpty();
  }

  private static Arguments broken(
      String what, Consumer<ObjectNode> mutation, String place, String seen) {
    return arguments(what, mutation, place, seen);
  }

  private static ObjectNode at(JsonNode pack, String pointer) {
    return (ObjectNode) pack.at(pointer);
  }

  private static ArrayNode array(JsonNode pack, String pointer) {
    return (ArrayNode) pack.at(pointer);
  }

  private static void template(JsonNode pack, String task, String text) {
    at(pack, "/tasks/" + task).put("template", text);
  }
}
