package io.bingoguard.cache;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.files.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The copy of one model in the cache, checked and made whole. The caller holds the slot's lock. */
final class CachedModel {
  private static final Logger LOG = LoggerFactory.getLogger(CachedModel.class);

  private final CacheSlot slot;
  private final BundleManifest manifest;
  private final Map<String, FileStamp> stamps = new HashMap<>();

  CachedModel(CacheSlot slot, BundleManifest manifest) {
    this.slot = slot;
    this.manifest = manifest;
  }

  /**
   * Drops what is not the model's, and says what is missing then. A file is taken for intact if it
   * is as it was when it was verified; otherwise its digest is computed.
   */
  List<BundleFile> missing() throws IOException {
    if (!Files.isDirectory(slot.directory(), LinkOption.NOFOLLOW_LINKS)) {
      Folders.delete(slot.directory());
      return manifest.files();
    }
    dropStrangers();
    Map<String, FileStamp> verified = VerifiedFiles.read(slot.verified(), manifest);
    List<BundleFile> missing = new ArrayList<>();
    for (BundleFile file : manifest.files()) {
      Path path = slot.directory().resolve(file.name());
      Optional<FileStamp> found = FileStamp.of(path);
      if (found.isEmpty() || !found.get().equals(verified.get(file.name()))) {
        found = FileStamp.ofIntact(path, file);
      }
      if (found.isPresent()) {
        stamps.put(file.name(), found.get());
      } else {
        LOG.warn("{} is not the file that was copied; it is dropped and copied anew", path);
        Folders.delete(path);
        missing.add(file);
      }
    }
    if (missing.isEmpty() && !stamps.equals(verified)) {
      record();
    }
    return missing;
  }

  BundleManifest manifest() {
    return manifest;
  }

  /** Whether there is a copy, of which files may be missing. */
  boolean exists() {
    return Files.exists(slot.directory());
  }

  /** Takes over a finished copy of all missing files; from then on the model is whole. */
  void complete(PartialCopy copy, Map<String, FileStamp> copied) throws IOException {
    stamps.putAll(copied);
    if (exists()) {
      for (String name : copied.keySet()) {
        Folders.move(copy.folder().resolve(name), slot.directory().resolve(name));
      }
      record();
    } else {
      Path written = copy.folder().resolve(BundleManifest.FILE_NAME);
      Folders.write(written, manifest.toJson());
      Folders.force(copy.folder());
      record();
      Folders.move(copy.folder(), slot.directory());
    }
    copy.discard();
  }

  private void record() throws IOException {
    VerifiedFiles.write(slot.verified(), manifest, stamps);
  }

  /** A file that the manifest does not list could be read in place of one that it does. */
  private void dropStrangers() throws IOException {
    List<Path> strangers;
    List<String> names = manifest.files().stream().map(BundleFile::name).toList();
    try (Stream<Path> there = Files.list(slot.directory())) {
      strangers = there.filter(file -> !names.contains(file.getFileName().toString())).toList();
    }
    for (Path stranger : strangers) {
      if (!isManifest(stranger)) {
        LOG.warn("{} is not part of the model; it is dropped", stranger);
        Folders.delete(stranger);
      }
    }
    Path written = slot.directory().resolve(BundleManifest.FILE_NAME);
    if (!Files.exists(written)) {
      Folders.write(written, manifest.toJson());
    }
  }

  private boolean isManifest(Path file) throws IOException {
    byte[] expected = manifest.toJson().getBytes(StandardCharsets.UTF_8);
    return file.endsWith(BundleManifest.FILE_NAME)
        && FileStamp.of(file).filter(found -> found.size() == expected.length).isPresent()
        && Arrays.equals(Files.readAllBytes(file), expected);
  }
}
