package io.liangjiang.images;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.RegistryException;
import com.google.cloud.tools.jib.blob.BlobDescriptor;
import com.google.cloud.tools.jib.blob.Blobs;
import com.google.cloud.tools.jib.event.EventHandlers;
import com.google.cloud.tools.jib.hash.Digests;
import com.google.cloud.tools.jib.http.FailoverHttpClient;
import com.google.cloud.tools.jib.json.JsonTemplateMapper;
import com.google.cloud.tools.jib.registry.RegistryClient;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Attaches a bill of materials to an image that was pushed, so that registries and scanners find it
 * by the image's digest. By Jib's own client, which signs in and sends as for the image itself.
 */
final class Attachment {
  private static final byte[] EMPTY = "{}".getBytes(UTF_8);

  private final RegistryClient registry;

  Attachment(ImageReference image, Optional<Credential> credential, boolean insecure)
      throws IOException, RegistryException {
    RegistryClient.Factory factory =
        RegistryClient.factory(
            EventHandlers.NONE,
            image.getRegistry(),
            image.getRepository(),
            new FailoverHttpClient(insecure, insecure, event -> {}));
    credential.ifPresent(factory::setCredential);
    registry = factory.newRegistryClient();
    if (!registry.doPushBearerAuth() && credential.isPresent()) {
      registry.configureBasicAuth();
    }
  }

  /** The attachment's digest; the same bill on the same image has the same. */
  DescriptorDigest push(Path bill, DescriptorDigest image) throws IOException, RegistryException {
    BlobDescriptor empty = pushBlob(EMPTY);
    BlobDescriptor attached = pushBlob(Files.readAllBytes(bill));
    Referrer referrer = new Referrer(empty, attached, manifest(image));
    BlobDescriptor described = Digests.computeDigest(referrer);
    DescriptorDigest pushed = registry.pushManifest(referrer, described.getDigest().toString());
    String tag = "sha256-" + image.getHash();
    if (!isTaken(tag)) {
      registry.pushManifest(new Referrer.Index(described), tag);
    }
    return pushed;
  }

  /** What Jib cannot read is there all the same: it knows no types of artefacts. */
  private boolean isTaken(String tag) throws IOException, RegistryException {
    try {
      return registry.checkManifest(tag).isPresent();
    } catch (JsonProcessingException e) {
      return true;
    }
  }

  private BlobDescriptor pushBlob(byte[] content) throws IOException, RegistryException {
    BlobDescriptor blob = Digests.computeDigest(new ByteArrayInputStream(content));
    if (registry.checkBlob(blob.getDigest()).isEmpty()) {
      boolean isMounted =
          registry.pushBlob(
              blob.getDigest(), Blobs.from(new ByteArrayInputStream(content)), null, sent -> {});
      if (isMounted) {
        throw new BadRequest("the registry has taken a part from elsewhere");
      }
    }
    return blob;
  }

  /** The image's own manifest, which Jib writes the same way each time. */
  private BlobDescriptor manifest(DescriptorDigest image) throws IOException, RegistryException {
    byte[] manifest =
        JsonTemplateMapper.toByteArray(registry.pullManifest(image.toString()).getManifest());
    BlobDescriptor described = Digests.computeDigest(new ByteArrayInputStream(manifest));
    if (!described.getDigest().equals(image)) {
      throw new BadRequest("the registry has changed the manifest of " + image);
    }
    return described;
  }
}
