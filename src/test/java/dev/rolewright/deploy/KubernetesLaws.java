package dev.rolewright.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What must hold of how the objects on Kubernetes fit together.
final class KubernetesLaws {

    private static final String POD = "/spec/template/spec";

    static final List<Law> ALL = List.of(
            new Law(
                    "every object is one that Kubernetes takes",
                    files -> files.objects().flatMap(KubernetesSchema::accused)),
            new Law(
                    "everybody who speaks to the application finds its port",
                    files -> Stream.of(
                                    files.objects("Deployment")
                                            .map(it -> it.at(POD + "/containers/0/ports/0"))
                                            .filter(port -> !port.path("containerPort")
                                                            .asText()
                                                            .equals(Application.PORT)
                                                    || !port.path("name")
                                                            .asText()
                                                            .equals("http")),
                                    files.objects("Deployment")
                                            .map(it -> it.at("/spec/template/metadata/annotations/prometheus.io~1port"))
                                            .filter(port -> !port.asText().equals(Application.PORT)),
                                    files.objects("Service")
                                            .map(it -> it.at("/spec/ports/0/targetPort"))
                                            .filter(port -> !port.asText().equals("http")),
                                    files.objects("NetworkPolicy")
                                            .map(it -> it.at("/spec/ingress/0/ports/0/port"))
                                            .filter(port -> !port.asText().equals("http")))
                            .flatMap(it -> it)
                            .map(port -> port + " is not the port")),
            new Law(
                    "who selects pods selects those of the Deployment",
                    files -> Stream.of(
                                    selectors(files, "Deployment", "/spec/selector/matchLabels"),
                                    selectors(files, "Service", "/spec/selector"),
                                    selectors(files, "PodDisruptionBudget", "/spec/selector/matchLabels"),
                                    selectors(files, "NetworkPolicy", "/spec/podSelector/matchLabels"))
                            .flatMap(it -> it)
                            .filter(it -> !matches(it.labels(), labels(files, "Deployment")))
                            .map(it -> it.who() + " selects other pods")),
            new Law(
                    "nobody takes the Job's pods for servers, but the network keeps them too",
                    files -> Stream.concat(
                            Stream.of(
                                            selectors(files, "Deployment", "/spec/selector/matchLabels"),
                                            selectors(files, "Service", "/spec/selector"),
                                            selectors(files, "PodDisruptionBudget", "/spec/selector/matchLabels"))
                                    .flatMap(it -> it)
                                    .filter(it -> matches(it.labels(), labels(files, "Job")))
                                    .map(it -> it.who() + " takes the Job for a server"),
                            selectors(files, "NetworkPolicy", "/spec/podSelector/matchLabels")
                                    .filter(it -> !matches(it.labels(), labels(files, "Job")))
                                    .map(it -> it.who() + " lets the Job go anywhere"))),
            new Law(
                    "there are always two, and one of them may go",
                    files -> files.objects("HorizontalPodAutoscaler")
                            .flatMap(scaler -> Stream.of(
                                            scaler.at("/spec/minReplicas").asInt() >= 2
                                                    ? ""
                                                    : "there may be fewer than two",
                                            files.objects("PodDisruptionBudget")
                                                            .allMatch(budget -> budget.at("/spec/minAvailable")
                                                                            .asInt(99)
                                                                    < scaler.at("/spec/minReplicas")
                                                                            .asInt())
                                                    ? ""
                                                    : "no node can ever be emptied",
                                            files.objects("Deployment")
                                                            .allMatch(it -> it.path("spec")
                                                                    .path("replicas")
                                                                    .isMissingNode())
                                                    ? ""
                                                    : "two say how many there are",
                                            names(files, "Deployment")
                                                            .contains(scaler.at("/spec/scaleTargetRef/name")
                                                                    .asText())
                                                    ? ""
                                                    : "another Deployment is scaled")
                                    .filter(it -> !it.isEmpty()))),
            new Law(
                    "the network leads to names, to the store and to targets",
                    files -> files.objects("NetworkPolicy")
                            .flatMap(policy -> Stream.of("53", "5432")
                                    .filter(port -> Elements.of(policy.at("/spec/egress"))
                                            .noneMatch(rule -> rule.has("to")
                                                    && Elements.of(rule.path("ports"))
                                                            .anyMatch(it -> it.path("port")
                                                                    .asText()
                                                                    .equals(port))))
                                    .map(port -> "nothing leads to port " + port))),
            new Law(
                    "the network is shut to everybody who is not named",
                    files -> files.objects("NetworkPolicy")
                            .flatMap(policy -> Stream.concat(
                                    Stream.of("Ingress", "Egress")
                                            .filter(type -> Elements.texts(policy.at("/spec/policyTypes"))
                                                    .noneMatch(type::equals))
                                            .map(type -> type + " is open"),
                                    Stream.concat(
                                                    Elements.of(policy.at("/spec/ingress")),
                                                    Elements.of(policy.at("/spec/egress")))
                                            .filter(rule -> (rule.path("from").isEmpty()
                                                            && rule.path("to").isEmpty())
                                                    || rule.path("ports").isEmpty())
                                            .map(rule -> rule + " names nobody")))),
            new Law(
                    "the contract that is mounted is the one that is made",
                    files -> files.yaml("kustomization.yaml")
                            .flatMap(kustomization -> Stream.concat(
                                    Elements.of(kustomization.path("configMapGenerator"))
                                            .flatMap(map -> Elements.texts(map.path("files")))
                                            .filter(path -> !files.texts().containsKey(path))
                                            .map(path -> path + " is not there"),
                                    files.objects("Deployment")
                                            .flatMap(it -> Elements.of(it.at(POD + "/volumes")))
                                            .filter(volume -> volume.has("configMap"))
                                            .map(volume ->
                                                    volume.at("/configMap/name").asText())
                                            .filter(name -> Elements.of(kustomization.path("configMapGenerator"))
                                                    .noneMatch(map -> map.path("name")
                                                            .asText()
                                                            .equals(name)))
                                            .map(name -> "nobody makes " + name)))));

    private KubernetesLaws() {}

    private record Selector(String who, JsonNode labels) {}

    private static Stream<Selector> selectors(DeployFiles files, String kind, String place) {
        return files.objects(kind).map(it -> new Selector(kind, it.at(place)));
    }

    private static JsonNode labels(DeployFiles files, String kind) {
        return files.objects(kind)
                .map(it -> it.at("/spec/template/metadata/labels"))
                .findFirst()
                .orElseThrow();
    }

    private static boolean matches(JsonNode selector, JsonNode labels) {
        return !selector.isEmpty()
                && selector.properties().stream()
                        .allMatch(it -> labels.path(it.getKey()).equals(it.getValue()));
    }

    private static Set<String> names(DeployFiles files, String kind) {
        return files.objects(kind).map(it -> it.at("/metadata/name").asText()).collect(Collectors.toSet());
    }
}
