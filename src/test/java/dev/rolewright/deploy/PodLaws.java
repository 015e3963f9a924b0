package dev.rolewright.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/// What must hold of the pods on Kubernetes.
final class PodLaws {

    private static final String POD = "/spec/template/spec";

    /// Within so many seconds a process ends whatever is away, as `GracefulStopIT` sees it end, after its delay.
    static final int END = 65;

    static final List<Law> ALL = List.of(
            new Law(
                    "no pod may do what it need not",
                    pods((name, pod, container) -> Stream.of(
                                    pod.at("/securityContext/runAsNonRoot").asBoolean() ? "" : "may be root",
                                    pod.at("/securityContext/runAsUser").asInt() > 0 ? "" : "has no number to run as",
                                    pod.path("automountServiceAccountToken").asBoolean(true)
                                            ? "is let into the cluster"
                                            : "",
                                    pod.at("/securityContext/seccompProfile/type")
                                                    .asText()
                                                    .equals("RuntimeDefault")
                                            ? ""
                                            : "may call whatever it wants of the kernel",
                                    container
                                                    .at("/securityContext/readOnlyRootFilesystem")
                                                    .asBoolean()
                                            ? ""
                                            : "may write to its root",
                                    container
                                                    .at("/securityContext/allowPrivilegeEscalation")
                                                    .asBoolean(true)
                                            ? "may gain privileges"
                                            : "",
                                    Elements.texts(container.at("/securityContext/capabilities/drop"))
                                                    .toList()
                                                    .equals(List.of("ALL"))
                                            ? ""
                                            : "keeps capabilities",
                                    container.at("/resources/limits/memory").isMissingNode()
                                            ? "has memory without end"
                                            : "")
                            .filter(it -> !it.isEmpty())
                            .map(it -> name + " " + it))),
            new Law(
                    "what a pod mounts is one of its volumes",
                    pods((name, pod, container) -> Elements.of(container.path("volumeMounts"))
                            .map(mount -> mount.path("name").asText())
                            .filter(volume -> Elements.of(pod.path("volumes"))
                                    .noneMatch(it -> it.path("name").asText().equals(volume)))
                            .map(volume -> name + " mounts " + volume + ", which it does not have"))),
            new Law(
                    "probes ask what the application answers",
                    deployment(deployment -> Stream.of("startupProbe", "livenessProbe", "readinessProbe")
                            .filter(probe -> !Application.PROBES.contains(deployment
                                    .at(POD + "/containers/0/" + probe + "/httpGet/path")
                                    .asText()))
                            .map(probe -> "the " + probe + " asks for something else"))),
            new Law(
                    "metrics are looked for where they are",
                    deployment(deployment -> Stream.of(deployment
                                    .at("/spec/template/metadata/annotations/prometheus.io~1path")
                                    .asText())
                            .filter(path -> !path.equals(Application.METRICS))
                            .map(path -> "there are no metrics at " + path))),
            new Law(
                    "a pod has the time to end what it does",
                    deployment(deployment -> Stream.of(deployment.at(POD))
                            .filter(pod ->
                                    pod.path("terminationGracePeriodSeconds").asInt() < delay(deployment) + END)
                            .map(_ -> "a pod that ends is killed"))),
            new Law(
                    "nobody is sent to a pod that is gone",
                    deployment(deployment -> Stream.of(deployment)
                            .filter(it -> delay(it)
                                    < 2
                                            * it.at(POD + "/containers/0/readinessProbe/periodSeconds")
                                                    .asInt())
                            .map(_ -> "a pod does not wait until everybody knows"))),
            new Law(
                    "the store is migrated by the Job and by nobody else",
                    files -> Stream.of(
                                    files.objects("Job")
                                                    .allMatch(it -> variable(it, "QUARKUS_INIT_AND_EXIT")
                                                            .equals("true"))
                                            ? ""
                                            : "the Job does not end",
                                    files.objects("Deployment")
                                                    .allMatch(it -> variable(it, "QUARKUS_FLYWAY_MIGRATE_AT_START")
                                                            .equals("false"))
                                            ? ""
                                            : "each pod migrates",
                                    files.objects("Deployment")
                                                    .allMatch(it -> variable(it, "QUARKUS_FLYWAY_VALIDATE_AT_START")
                                                            .equals("true"))
                                            ? ""
                                            : "a pod runs on a store that is too old")
                            .filter(it -> !it.isEmpty())));

    private PodLaws() {}

    private static int delay(JsonNode deployment) {
        String delay = variable(deployment, "QUARKUS_SHUTDOWN_DELAY").replace("S", "");
        return delay.isEmpty() ? 0 : Integer.parseInt(delay);
    }

    private interface OfPod {
        Stream<String> accused(String name, JsonNode pod, JsonNode container);
    }

    private static Function<DeployFiles, Stream<String>> pods(OfPod law) {
        return files -> files.objects()
                .filter(it -> !it.at(POD).isMissingNode())
                .flatMap(it -> Elements.of(it.at(POD + "/containers"))
                        .flatMap(container -> law.accused(it.path("kind").asText(), it.at(POD), container)));
    }

    private static Function<DeployFiles, Stream<String>> deployment(Function<JsonNode, Stream<String>> law) {
        return files -> files.objects("Deployment").flatMap(law);
    }

    private static String variable(JsonNode workload, String name) {
        return Elements.of(workload.at(POD + "/containers/0/env"))
                .filter(it -> it.path("name").asText().equals(name))
                .map(it -> it.path("value").asText())
                .findFirst()
                .orElse("");
    }
}
