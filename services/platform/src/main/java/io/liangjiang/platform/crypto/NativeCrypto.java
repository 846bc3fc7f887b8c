package io.liangjiang.platform.crypto;

import com.amazon.corretto.crypto.provider.AmazonCorrettoCryptoProvider;
import io.quarkus.arc.properties.UnlessBuildProperty;
import io.quarkus.runtime.StartupEvent;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Puts Amazon's Corretto provider (AWS-LC) before the JDK's own, which needs three to ten times the
 * processor time for a signature. Where its library cannot be loaded, the JDK's go on; everything
 * works with either. A native program goes without: the provider's library calls back into Java in
 * ways that nobody has written down for the image builder.
 */
@ApplicationScoped
@UnlessBuildProperty(name = "quarkus.native.enabled", stringValue = "true", enableIfMissing = true)
public class NativeCrypto {
  private static final Logger LOG = Logger.getLogger(NativeCrypto.class);
  private static final int BEFORE_EVERYTHING = 0;

  private final boolean wanted;

  NativeCrypto(
      @ConfigProperty(name = "liangjiang.native-crypto", defaultValue = "true") boolean wanted) {
    this.wanted = wanted;
  }

  void install(@Observes @Priority(BEFORE_EVERYTHING) StartupEvent event) {
    if (!wanted) {
      return;
    }
    Throwable fault = AmazonCorrettoCryptoProvider.INSTANCE.getLoadingError();
    if (fault == null) {
      AmazonCorrettoCryptoProvider.install();
    } else {
      LOG.infof("signatures by the JDK, which is slower: %s", fault);
    }
  }
}
