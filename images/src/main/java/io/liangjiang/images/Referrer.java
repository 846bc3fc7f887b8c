package io.liangjiang.images;

import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.image.json.ManifestTemplate;
import com.google.cloud.tools.jib.json.JsonTemplate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an OCI registry keeps beside an image and finds by it (OCI image spec 1.1, "subject"): here
 * a bill of materials. Fields are written as they stand.
 */
final class Referrer implements ManifestTemplate {
  static final String BILL = "application/vnd.cyclonedx+json";
  private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";

  final int schemaVersion = 2;
  final String mediaType = MANIFEST;
  final String artifactType = BILL;
  final Descriptor config;
  final List<Descriptor> layers;
  final Descriptor subject;

  Referrer(BlobDescriptor empty, BlobDescriptor bill, BlobDescriptor image) {
    this.config = new Descriptor("application/vnd.oci.empty.v1+json", empty, null);
    this.layers = List.of(new Descriptor(BILL, bill, null));
    this.subject = new Descriptor(MANIFEST, image, null);
  }

  @Override
  public int getSchemaVersion() {
    return schemaVersion;
  }

  @Override
  public String getManifestMediaType() {
    return mediaType;
  }

  /** For registries that list no referrers: the same, under a tag made of the image's digest. */
  static final class Index implements ManifestTemplate {
    final int schemaVersion = 2;
    final String mediaType = "application/vnd.oci.image.index.v1+json";
    final List<Descriptor> manifests;

    Index(BlobDescriptor referrer) {
      this.manifests = List.of(new Descriptor(MANIFEST, referrer, BILL));
    }

    @Override
    public int getSchemaVersion() {
      return schemaVersion;
    }

    @Override
    public String getManifestMediaType() {
      return mediaType;
    }
  }

  /** Where the registry has a part. */
  static final class Descriptor implements JsonTemplate {
    final String mediaType;
    final String digest;
    final long size;
    final @Nullable String artifactType;

    Descriptor(String mediaType, BlobDescriptor blob, @Nullable String artifactType) {
      this.mediaType = mediaType;
      this.digest = blob.getDigest().toString();
      this.size = blob.getSize();
      this.artifactType = artifactType;
    }
  }
}
