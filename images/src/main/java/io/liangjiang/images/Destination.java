package io.liangjiang.images;

import com.google.cloud.tools.jib.api.Containerizer;
import com.google.cloud.tools.jib.api.Credential;
import com.google.cloud.tools.jib.api.CredentialRetriever;
import com.google.cloud.tools.jib.api.DescriptorDigest;
import com.google.cloud.tools.jib.api.ImageReference;
import com.google.cloud.tools.jib.api.InvalidImageReferenceException;
import com.google.cloud.tools.jib.api.RegistryImage;
import com.google.cloud.tools.jib.api.TarImage;
import com.google.cloud.tools.jib.frontend.CredentialRetrieverFactory;
import java.io.FileNotFoundException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Where images go: files of a folder, or a registry.
 *
 * @param folder of the archives (OCI layout in a tar), and of Jib's own cache
 * @param registry registry and prefix to push to, for example {@code registry.city.cn/lj}; empty
 *     for files alone
 * @param tag of every image
 */
record Destination(Path folder, String registry, String tag) {
  private static final String OWN_PREFIX = "liangjiang";

  /** The full name of a component's image. */
  String image(Component component) {
    String prefix = registry.isEmpty() ? OWN_PREFIX : registry;
    return prefix + "/" + component.id() + ":" + tag;
  }

  boolean isFolder() {
    return registry.isEmpty();
  }

  Path archive(Component component) {
    return folder.resolve(component.id() + ".tar");
  }

  Containerizer of(Component component)
      throws InvalidImageReferenceException, FileNotFoundException {
    ImageReference reference = ImageReference.parse(image(component));
    Containerizer containerizer =
        registry.isEmpty()
            ? Containerizer.to(TarImage.at(archive(component)).named(reference))
            : Containerizer.to(pushed(reference));
    return containerizer
        .setToolName("liangjiang")
        .setToolVersion("")
        .setBaseImageLayersCache(folder.resolve("cache/base"))
        .setApplicationLayersCache(folder.resolve("cache/application"))
        .setAllowInsecureRegistries(isOnThisMachine());
  }

  /** Puts the bill of materials beside an image that was pushed. */
  void attach(Path bill, Component component, DescriptorDigest image) throws Exception {
    ImageReference reference = ImageReference.parse(image(component));
    Optional<Credential> credential = Optional.empty();
    for (CredentialRetriever retriever : retrievers(reference)) {
      credential = credential.isPresent() ? credential : retriever.retrieve();
    }
    new Attachment(reference, credential, isOnThisMachine()).push(bill, image);
  }

  private boolean isOnThisMachine() {
    return registry.startsWith("localhost") || registry.startsWith("127.0.0.1");
  }

  /** Signed in as Docker's or Podman's own configuration says. */
  private static RegistryImage pushed(ImageReference reference) throws FileNotFoundException {
    RegistryImage image = RegistryImage.named(reference);
    retrievers(reference).forEach(image::addCredentialRetriever);
    return image;
  }

  private static List<CredentialRetriever> retrievers(ImageReference reference)
      throws FileNotFoundException {
    CredentialRetrieverFactory credentials =
        CredentialRetrieverFactory.forImage(reference, event -> {});
    return List.of(credentials.dockerConfig(), credentials.wellKnownCredentialHelpers());
  }
}
