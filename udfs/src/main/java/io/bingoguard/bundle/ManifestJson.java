package io.bingoguard.bundle;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.checkpoint.JsonFiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** How a manifest is written down. */
final class ManifestJson {
  private static final String FORMAT = "bingoguard-bundle/1";
  private static final JsonMapper JSON = new JsonMapper();

  private ManifestJson() {}

  /** Throws an {@code IllegalArgumentException} with what is amiss. */
  static BundleManifest parse(byte[] json) {
    JsonNode root = object(json);
    String format = text(root, "format");
    if (!format.equals(FORMAT)) {
      throw new IllegalArgumentException("format is '" + format + "', not " + FORMAT);
    }
    JsonNode listed = root.path("files");
    if (!listed.isArray()) {
      throw new IllegalArgumentException("files is no list");
    }
    List<BundleFile> files = new ArrayList<>();
    for (JsonNode file : listed) {
      files.add(new BundleFile(text(file, "name"), size(file), text(file, "sha256")));
    }
    return new BundleManifest(text(root, "model_revision"), text(root, "prompt_pack"), files);
  }

  static String write(BundleManifest manifest) {
    ObjectNode root = JSON.createObjectNode();
    root.put("format", FORMAT);
    root.put("model_revision", manifest.modelRevision());
    root.put("prompt_pack", manifest.promptPack());
    ArrayNode files = root.putArray("files");
    for (BundleFile file : manifest.files()) {
      files
          .addObject()
          .put("name", file.name())
          .put("size", file.size())
          .put("sha256", file.sha256());
    }
    return root.toPrettyString() + "\n";
  }

  private static JsonNode object(byte[] json) {
    try {
      JsonNode root = JsonFiles.parse(json);
      if (!root.isObject()) {
        throw new IllegalArgumentException("it holds no JSON object");
      }
      return root;
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("it is not valid JSON: " + e.getOriginalMessage(), e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    if (!value.isTextual()) {
      throw new IllegalArgumentException(field + " is no text");
    }
    return value.textValue();
  }

  private static long size(JsonNode file) {
    JsonNode value = file.path("size");
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new IllegalArgumentException("size is no whole number");
    }
    return value.longValue();
  }
}
