package io.liangjiang.identity.place;

import com.maxmind.db.Metadata;
import com.maxmind.db.Reader;
import io.liangjiang.identity.IdentitySettings;
import io.liangjiang.identity.limit.ClientAddress;
import io.liangjiang.platform.startup.ProductionCheck;
import io.quarkus.runtime.annotations.RegisterForReflection;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.File;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Looks addresses up in the operator's file. It is mapped and not read, so it costs no heap, and
 * one look-up touches a few pages of it. A city without a file knows no places.
 */
@ApplicationScoped
@RegisterForReflection(targets = Metadata.class) // which the reader makes by its constructor
public class Places implements ProductionCheck {
  private static final Logger LOG = Logger.getLogger(Places.class);
  private static final int IP_VERSION_4 = 4;

  private final Optional<String> file;
  private final String language;
  private final @Nullable Reader reader;

  Places(IdentitySettings settings) {
    this.file = settings.places().file();
    this.language = settings.places().language();
    this.reader = file.map(Places::open).orElse(null);
  }

  @PreDestroy
  void close() throws IOException {
    if (reader != null) {
      reader.close();
    }
  }

  /**
   * The place of the call that is being served, at most 200 characters; empty when it is not known.
   * Read it synchronously, as the caller is.
   */
  public String current() {
    return of(ClientAddress.current());
  }

  /** A file that cannot be read is found out at the start and not by its absence in the list. */
  @Override
  public List<String> problems() {
    return file.isPresent() && reader == null
        ? List.of("liangjiang.identity.places.file names no file that can be read")
        : List.of();
  }

  String of(String address) {
    Reader places = reader;
    if (places == null) {
      return "";
    }
    try {
      InetAddress literal = InetAddress.ofLiteral(address);
      if (literal instanceof Inet6Address && places.getMetadata().ipVersion() == IP_VERSION_4) {
        return "";
      }
      Map<?, ?> found = places.get(literal, Map.class);
      return found == null ? "" : PlaceText.of(found, language);
    } catch (IllegalArgumentException e) {
      return ""; // no address, such as "unknown"
    } catch (IOException | RuntimeException e) { // nobody stays outside for want of a place
      LOG.warnf("the file of places is damaged: %s", e.getClass().getSimpleName());
      return "";
    }
  }

  private static @Nullable Reader open(String file) {
    try {
      return new Reader(new File(file), Reader.FileMode.MEMORY_MAPPED);
    } catch (IOException e) {
      LOG.errorf(e, "sessions have no places: %s cannot be read", file);
      return null;
    }
  }
}
