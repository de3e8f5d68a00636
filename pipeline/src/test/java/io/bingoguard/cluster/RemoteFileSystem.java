package io.bingoguard.cluster;

import java.net.URI;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** Local files under a scheme of their own, which nothing takes for local. */
public final class RemoteFileSystem extends RawLocalFileSystem {
  static final String SCHEME = "remote";

  @Override
  public URI getUri() {
    return URI.create(SCHEME + ":///");
  }

  @Override
  public String getScheme() {
    return SCHEME;
  }
}
