package io.bingoguard.model;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.guard.GuardErrors;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Which providers really compute a model, seen in ONNX Runtime's own profile of one pass.
 *
 * @param kernels operators that were run, by name of the provider, for example {@code
 *     CUDAExecutionProvider}
 * @param finite whether the scores of the pass were numbers
 */
public record ProviderUse(Map<String, Integer> kernels, boolean finite) {
  private static final JsonMapper JSON = new JsonMapper();

  public ProviderUse {
    kernels = Map.copyOf(kernels);
  }

  /**
   * Opens a session, lets it compute one pass, and closes it.
   *
   * @param tokens what the pass is over
   * @throws io.bingoguard.guard.GuardException what {@link GuardSession#open} throws, or {@code
   *     PASS_FAILED}
   */
  public static ProviderUse measure(Checkpoint checkpoint, SessionSettings settings, int[] tokens) {
    try {
      Path folder = Files.createTempDirectory("bingoguard-profile-");
      try (GuardSession session =
          GuardSession.open(checkpoint, settings, Optional.of(folder.resolve("pass")))) {
        ChoiceLogits logits;
        try (KeyValues nothing = session.noPrefix()) {
          List<int[]> last = List.of(new int[] {tokens.length - 1});
          logits =
              session.score(
                  new Pass(List.of(tokens), 0, last, tokens.length), nothing, new int[] {0});
        }
        return new ProviderUse(
            kernels(session.endProfile()),
            Float.isFinite(logits.logProbs()[0][0]) && Float.isFinite(logits.logSumExp()[0]));
      } finally {
        delete(folder);
      }
    } catch (OrtException | IOException e) {
      throw GuardErrors.passFailed(e);
    }
  }

  private static Map<String, Integer> kernels(Path profile) throws IOException {
    Map<String, Integer> kernels = new TreeMap<>();
    for (JsonNode event : JSON.readTree(profile.toFile())) {
      JsonNode provider = event.at("/args/provider");
      if (provider.isTextual() && event.path("name").asText().endsWith("_kernel_time")) {
        kernels.merge(provider.asText(), 1, Integer::sum);
      }
    }
    return kernels;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
