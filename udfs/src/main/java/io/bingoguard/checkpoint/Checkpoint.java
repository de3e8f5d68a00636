package io.bingoguard.checkpoint;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A Hugging Face Llama checkpoint as it lies on disk: its config, and where in which file each
 * weight is. Opening reads headers alone and checks every tensor of the architecture, so that a
 * checkpoint which opens can be run.
 */
public final class Checkpoint {
  /** File name of the config inside a model directory. */
  public static final String CONFIG = "config.json";

  /** How the names of weight files end. */
  public static final String WEIGHTS_SUFFIX = ".safetensors";

  /** What peft names an adapter's files. */
  private static final List<String> ADAPTERS =
      List.of("adapter_config.json", "adapter_model.safetensors", "adapter_model.bin");

  private final LlamaConfig config;
  private final WeightFiles weights;
  private final Path weightsFolder;
  private final LlamaTensors tensors;
  private final Map<String, TensorLocation> byName = new LinkedHashMap<>();
  private final List<String> warnings = new ArrayList<>();

  private Checkpoint(Path directory, LlamaConfig config, WeightFiles weights) {
    this.weights = weights;
    this.weightsFolder = commonFolder(directory, weights.files());
    this.config = config.tieWordEmbeddings() ? withTrueOutputLayer(config) : config;
    this.tensors = LlamaTensors.locate(this.config, this::used);
    UnusedTensors.refuse(weights, byName.keySet());
    List<String> leftOut = weights.leftOut(directory);
    if (!leftOut.isEmpty()) {
      warnings.add("weights that are not used lie beside those that are: %s".formatted(leftOut));
    }
  }

  private TensorLocation used(String name, long... expectedShape) {
    TensorLocation found = tensor(name, expectedShape);
    byName.put(name, found);
    return found;
  }

  /** An output layer that is stored counts, whatever the config says of it. */
  private LlamaConfig withTrueOutputLayer(LlamaConfig tied) {
    if (weights.holding(LlamaTensors.LM_HEAD).isEmpty()) {
      return tied;
    }
    long[] shape = {tied.vocabSize(), tied.hiddenSize()};
    if (TensorBytes.equal(
        tensor(LlamaTensors.EMBEDDING, shape), used(LlamaTensors.LM_HEAD, shape))) {
      return tied;
    }
    warnings.add(
        "tie_word_embeddings is true in config.json, but %s differs from the embedding; the tensor is used, not the tie"
            .formatted(LlamaTensors.LM_HEAD));
    return tied.untied();
  }

  /**
   * Opens a directory with {@code config.json} and either {@code model.safetensors}, shards with
   * {@code model.safetensors.index.json}, or one safetensors file of any name. Where the config
   * ties the output layer to the embedding and it is stored all the same, the two are compared.
   *
   * @throws io.bingoguard.guard.GuardException with a code that begins with {@code MODEL_}; see
   *     {@link LlamaConfig#read} for the config, {@link #tensor} for the tensors; {@code
   *     MODEL_WEIGHTS_INVALID} for a malformed safetensors file, {@code MODEL_SHARD_MISSING},
   *     {@code MODEL_WEIGHTS_AMBIGUOUS} and {@code MODEL_WEIGHTS_SCATTERED} for files that do not
   *     go together, {@code MODEL_TENSOR_UNUSED} and {@code MODEL_ADAPTER_UNMERGED} for weights
   *     that would be left out
   */
  public static Checkpoint open(Path modelDirectory) {
    if (!Files.isDirectory(modelDirectory)) {
      throw CheckpointErrors.modelDirectoryMissing(modelDirectory);
    }
    for (String adapter : ADAPTERS) {
      if (Files.exists(modelDirectory.resolve(adapter))) {
        throw CheckpointErrors.adapterBeside(modelDirectory, adapter);
      }
    }
    LlamaConfig config = LlamaConfig.read(modelDirectory.resolve(CONFIG));
    return new Checkpoint(modelDirectory, config, WeightFiles.open(modelDirectory));
  }

  /**
   * Names of the weight files that a model directory is run with, in the order of {@link #files}.
   * They need not be there yet: only the index of a sharded checkpoint is read.
   *
   * @param names of all files that the directory has or will have
   * @throws io.bingoguard.guard.GuardException with a code that begins with {@code MODEL_}
   */
  public static List<String> weightNames(Path directory, Collection<String> names) {
    return WeightFiles.names(directory, names);
  }

  /** The config that the weights are run with; untied when they have another output layer. */
  public LlamaConfig config() {
    return config;
  }

  /** What is run otherwise than the directory makes believe, a line each. */
  public List<String> warnings() {
    return List.copyOf(warnings);
  }

  /** Every tensor of the architecture, located and checked. */
  public LlamaTensors tensors() {
    return tensors;
  }

  /**
   * Looks for numbers that are infinite or none: in norms everywhere, in matrices at a few places.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_WEIGHTS_NOT_FINITE}
   */
  public void refuseNonFinite() {
    WeightSample.refuseNonFinite(byName);
  }

  /** Real paths of all weight files. */
  public List<Path> files() {
    return weights.files();
  }

  /**
   * The one real folder that all weight files lie in. In a Hugging Face cache the model directory
   * holds symbolic links, and this is the folder that they lead to.
   */
  public Path weightsFolder() {
    return weightsFolder;
  }

  /**
   * Where a tensor is.
   *
   * @param name as in the checkpoint, for example {@code model.norm.weight}
   * @param expectedShape dimensions, outermost first
   * @throws io.bingoguard.guard.GuardException {@code MODEL_TENSOR_MISSING}, {@code
   *     MODEL_TENSOR_SHAPE}, or {@code MODEL_TENSOR_DTYPE} if it is not in a {@link TensorType}
   */
  public TensorLocation tensor(String name, long... expectedShape) {
    SafetensorsHeader header =
        weights
            .holding(name)
            .orElseThrow(() -> CheckpointErrors.tensorMissing(weights.source(), name));
    TensorEntry entry = header.entry(name).orElseThrow();
    List<Long> expected = Arrays.stream(expectedShape).boxed().toList();
    if (!entry.shape().equals(expected)) {
      throw CheckpointErrors.tensorShape(header.file(), name, entry.shape(), expected);
    }
    TensorType type =
        TensorType.ofHeader(entry.dtype())
            .orElseThrow(
                () ->
                    CheckpointErrors.tensorDtype(
                        header.file(), name, entry.dtype(), List.of(TensorType.values())));
    return new TensorLocation(
        header.file(), type, entry.shape(), entry.offset(), entry.byteLength());
  }

  private static Path commonFolder(Path directory, List<Path> files) {
    Set<Path> folders = new HashSet<>();
    for (Path file : files) {
      folders.add(file.getParent());
    }
    if (folders.size() > 1) {
      throw CheckpointErrors.weightsScattered(directory, folders.stream().sorted().toList());
    }
    return folders.iterator().next();
  }
}
