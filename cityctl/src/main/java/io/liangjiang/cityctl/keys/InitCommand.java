package io.liangjiang.cityctl.keys;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code cityctl keys init}: makes what is missing of a plan's Secrets. */
@Command(
    name = "init",
    description =
        "Makes the entries of Secrets that are missing, changes none that is there,"
            + " and renews certificates.",
    mixinStandardHelpOptions = true)
public final class InitCommand implements Callable<Integer> {
  private final KubernetesClient client;

  /** Set by picocli before the call. */
  @SuppressWarnings("NullAway.Init")
  @Spec
  CommandSpec spec;

  @Option(names = "--namespace", required = true, description = "Where the Secrets are.")
  String namespace = "";

  @Option(names = "--plan", required = true, description = "JSON file that lists the Secrets.")
  Path plan = Path.of("");

  /** With the cluster that the process runs in, or that kubectl's configuration names. */
  @Inject
  public InitCommand(KubernetesClient client) {
    this.client = client;
  }

  /** Exit code 0 when every Secret is whole, 1 when one could not be made. */
  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    try {
      String json = Files.readString(plan);
      Plan wanted = Plan.read(json);
      CertificatePlan certificates = CertificatePlan.read(json);
      SecretStore store = new ClusterSecrets(client, namespace);
      new KeyMaker(store).make(wanted).forEach(out::println);
      new Certificates(store, InstantSource.system()).make(certificates).forEach(out::println);
      return 0;
    } catch (IOException | BadPlan e) {
      spec.commandLine().getErr().println("The plan cannot be followed: " + e.getMessage());
    } catch (KubernetesClientException e) {
      spec.commandLine().getErr().println("The cluster refused: " + e.getMessage());
    }
    return 1;
  }
}
