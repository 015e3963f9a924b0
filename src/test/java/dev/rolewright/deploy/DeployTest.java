package dev.rolewright.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// The files of an installation obey their laws; and each law, shown files that break it, says how.
class DeployTest {

    private static final String DOCKERFILE = "docker/Dockerfile";
    private static final String CONTEXT = "docker/Dockerfile.dockerignore";
    private static final String COMPOSE = "compose/compose.yaml";
    private static final String SECRETS = "compose/secrets.sh";
    private static final String KUSTOMIZATION = "kustomization.yaml";
    private static final String DEPLOYMENT = "kubernetes/deployment.yaml";
    private static final String JOB = "kubernetes/migration.yaml";
    private static final String SCALING = "kubernetes/scaling.yaml";
    private static final String NETWORK = "kubernetes/network.yaml";
    private static final String CONFIGURATION = "kubernetes/configuration.yaml";

    /// A change of a file, and what is said of it.
    record Breach(String file, String before, String after, String accusation) {

        DeployFiles in(DeployFiles files) {
            return files.with(file, text -> {
                assertThat(text).contains(before);
                return text.replace(before, after);
            });
        }

        @Override
        public String toString() {
            return accusation;
        }
    }

    static Stream<Law> laws() throws IOException {
        return Stream.of(
                        ImageLaws.ALL,
                        ComposeLaws.ALL,
                        KubernetesLaws.ALL,
                        PodLaws.ALL,
                        WatchLaws.ALL,
                        KeyLaws.all(KnownKeys.read()))
                .flatMap(Collection::stream);
    }

    static Stream<Breach> breaches() {
        return Stream.of(
                new Breach(DOCKERFILE, "USER 65532:65532", "", "the image runs as root"),
                new Breach(DOCKERFILE, "USER 65532:65532", "USER nobody", "the image runs as nobody"),
                new Breach(DOCKERFILE, "25-jre-noble", "latest", "eclipse-temurin:latest is no version for Java 25"),
                new Breach(DOCKERFILE, "\"@/opt/rolewright/jvm.options\", ", "", "is not how it is started"),
                new Breach(
                        DOCKERFILE,
                        "\"/opt/rolewright/healthy\"",
                        "\"curl\"",
                        "is not the script that is carried along"),
                new Breach(DOCKERFILE, "EXPOSE 8080", "EXPOSE 80", "EXPOSE 80 is not 8080"),
                new Breach(
                        DOCKERFILE, "=/run/secrets/rolewright", "=/run/secrets", "nothing is mounted at /run/secrets"),
                new Breach(DOCKERFILE, "ENV SMALLRYE", "ENV ROLEWRIGHT", "means nothing to the application"),
                new Breach(CONTEXT, "!scim-schemas\n", "", "scim-schemas is left out"),
                new Breach(CONTEXT, "!deploy/docker/healthy\n", "", "deploy/docker/healthy is left out"),
                new Breach(CONTEXT, "*\n", "", "everything is sent"),
                new Breach(
                        COMPOSE,
                        "store: {condition: service_healthy}",
                        "stor: {condition: service_healthy}",
                        "service stor"),
                new Breach(COMPOSE, "networks: [target]", "networks: [targets]", "network targets"),
                new Breach(COMPOSE, "- target-secrets:", "- its-secrets:", "volume its-secrets"),
                new Breach(COMPOSE, "- ../contract:", "- ../contracts:", "file ../contracts"),
                new Breach(COMPOSE, "read_only: true", "read_only: false", "its root is writable"),
                new Breach(COMPOSE, "cap_drop: [ALL]", "cap_drop: []", "it keeps capabilities"),
                new Breach(COMPOSE, "no-new-privileges:true", "no-new-privileges:false", "it may gain privileges"),
                new Breach(COMPOSE, "mem_limit: 768m", "user: \"0\"", "it runs as another user than the image says"),
                new Breach(COMPOSE, "mem_limit: 768m", "", "its memory has no limit"),
                new Breach(COMPOSE, "127.0.0.1:8080:8080", "8080:8080", "rolewright is reached at 8080:8080"),
                new Breach(
                        COMPOSE,
                        "networks: [store]",
                        "networks: [store]\n    ports: [\"5432:5432\"]",
                        "store is reached at"),
                new Breach(COMPOSE, "store: {internal: true}", "store: {}", "the network store leads outside"),
                new Breach(COMPOSE, "healthcheck: {", "healthy: {", "store never says that it is ready"),
                new Breach(COMPOSE, "context: ../..", "context: ..", "it is built from"),
                new Breach(COMPOSE, "ROLEWRIGHT_CONTRACT_DIRECTORY", "ROLEWRIGHT_CONTRACT_FOLDER", "means nothing"),
                new Breach(COMPOSE, "_PASSWORD_FILE: /run/secrets/t", "_PASSWORD: /run/secrets/t", "carries a secret"),
                new Breach(
                        COMPOSE,
                        "secrets:/run/secrets/rolewright:ro",
                        "secrets:/run/secrets/rolewright",
                        "nothing is mounted"),
                new Breach(
                        SECRETS,
                        "rolewright/rolewright.admin.token",
                        "rolewright/admin.token",
                        "admin.token means nothing"),
                new Breach(
                        CONFIGURATION,
                        "ROLEWRIGHT_TARGET_ORDERS_USERNAME",
                        "ROLEWRIGHT_TARGET_USERNAME",
                        "means nothing"),
                new Breach(CONFIGURATION, "_PASSWORD_FILE", "_PASSWORD", "carries a secret"),
                new Breach(CONFIGURATION, "5432/rolewright", "5432/rolewright?password=a", "carries a secret"),
                new Breach(DEPLOYMENT, "runAsNonRoot: true", "runAsNonRoot: false", "Deployment may be root"),
                new Breach(JOB, "runAsUser: 65532", "runAsUser: 0", "Job has no number to run as"),
                new Breach(JOB, "automountServiceAccountToken: false", "", "Job is let into the cluster"),
                new Breach(DEPLOYMENT, "RuntimeDefault", "Unconfined", "may call whatever it wants"),
                new Breach(DEPLOYMENT, "readOnlyRootFilesystem: true", "", "Deployment may write to its root"),
                new Breach(DEPLOYMENT, "allowPrivilegeEscalation: false", "", "Deployment may gain privileges"),
                new Breach(DEPLOYMENT, "drop: [ALL]", "drop: [NET_RAW]", "Deployment keeps capabilities"),
                new Breach(
                        DEPLOYMENT, "limits: {memory: 768Mi}", "limits: {cpu: 1}", "Deployment has memory without end"),
                new Breach(DEPLOYMENT, "- {name: tmp, mountPath", "- {name: temp, mountPath", "mounts temp"),
                new Breach(
                        DEPLOYMENT, "/q/health/ready", "/health/ready", "the readinessProbe asks for something else"),
                new Breach(DEPLOYMENT, "containerPort: 8080", "containerPort: 80", "is not the port"),
                new Breach(DEPLOYMENT, "port: \"8080\"", "port: \"9000\"", "is not the port"),
                new Breach(NETWORK, "{protocol: TCP, port: http}", "{protocol: TCP, port: 80}", "is not the port"),
                new Breach("kubernetes/service.yaml", "targetPort: http", "targetPort: web", "is not the port"),
                new Breach(DEPLOYMENT, "path: /q/metrics", "path: /metrics", "there are no metrics at /metrics"),
                new Breach(
                        "kubernetes/service.yaml",
                        "selector: {app.kubernetes.io/name: rolewright",
                        "selector: {app.kubernetes.io/name: role",
                        "Service selects other pods"),
                new Breach(
                        SCALING, "component: server", "component: servers", "PodDisruptionBudget selects other pods"),
                new Breach(NETWORK, "name: rolewright}", "name: wright}", "NetworkPolicy selects other pods"),
                new Breach(
                        "kubernetes/service.yaml",
                        "selector: {app.kubernetes.io/name: rolewright, app.kubernetes.io/component: server}",
                        "selector: {app.kubernetes.io/name: rolewright}",
                        "Service takes the Job for a server"),
                new Breach(
                        NETWORK, "name: rolewright}", "component: server}", "NetworkPolicy lets the Job go anywhere"),
                new Breach(SCALING, "minReplicas: 2", "minReplicas: 1", "there may be fewer than two"),
                new Breach(SCALING, "minAvailable: 1", "minAvailable: 2", "no node can ever be emptied"),
                new Breach(DEPLOYMENT, "  strategy:", "  replicas: 2\n  strategy:", "two say how many there are"),
                new Breach(
                        SCALING,
                        "kind: Deployment, name: rolewright",
                        "kind: Deployment, name: role",
                        "another Deployment is scaled"),
                new Breach(
                        DEPLOYMENT,
                        "GracePeriodSeconds: 90",
                        "GracePeriodSeconds: 60",
                        "a statement of a minute is cut off"),
                new Breach(JOB, "value: \"true\"", "value: \"false\"", "the Job does not end"),
                new Breach(DEPLOYMENT, "AT_START, value: \"false\"", "AT_START, value: \"true\"", "each pod migrates"),
                new Breach(
                        DEPLOYMENT, "_VALIDATE_AT_START", "_CLEAN_AT_START", "a pod runs on a store that is too old"),
                new Breach(NETWORK, "port: 53}", "port: 54}", "nothing leads to port 53"),
                new Breach(NETWORK, "policyTypes: [Ingress, Egress]", "policyTypes: [Ingress]", "Egress is open"),
                new Breach(
                        NETWORK,
                        "    - to:\n        - ipBlock: {cidr: 10.0.1.10/32}\n      ports:",
                        "    - ports:",
                        "names nobody"),
                new Breach(
                        KUSTOMIZATION,
                        "contract/people.yaml",
                        "contract/persons.yaml",
                        "contract/persons.yaml is not there"),
                new Breach(
                        KUSTOMIZATION,
                        "name: rolewright-contract",
                        "name: contract",
                        "nobody makes rolewright-contract"),
                new Breach(DEPLOYMENT, "apps/v1", "apps/v2", "nobody knows apps/v2 Deployment"),
                new Breach(DEPLOYMENT, "periodSeconds: 10", "seconds: 10", "`seconds`"),
                new Breach(DEPLOYMENT, "  selector:\n    matchLabels:", "  chosen:\n    matchLabels:", "`chosen`"),
                new Breach(JOB, "- name: migration\n", "- title: migration\n", "`title`"),
                new Breach(SCALING, "maxReplicas: 6", "", "`maxReplicas`"),
                new Breach(WatchLaws.ALERTS, "for: 2m", "after: 2m", "nobody knows after"),
                new Breach(WatchLaws.ALERTS, "for: 2m", "for: two", "two is no time"),
                new Breach(WatchLaws.ALERTS, "severity: critical", "severity: bad", "bad is no severity"),
                new Breach(WatchLaws.ALERTS, "summary: The store takes no writes", "title: No", "no summary"),
                new Breach(WatchLaws.ALERTS, "RolewrightContractsDiffer", "RolewrightNoContract", "is there twice"),
                new Breach(
                        WatchLaws.ALERTS, "max by (target) (target_failing)", "max(target_failing)", "has lost target"),
                new Breach(WatchLaws.ALERTS, "max(holds_open) > 0", "max(drift_open > 0", "it ends too soon"),
                new Breach(WatchLaws.ALERTS, "max(holds_open)", "max(drift_open)", "nobody is told of holds_open"),
                new Breach(WatchLaws.DASHBOARD, "sum by (door, reason)", "sum by (door)", "has lost reason"),
                new Breach(WatchLaws.DASHBOARD, "\"id\": 5,", "\"id\": 6,", "panel 6 is there twice"),
                new Breach(WatchLaws.DASHBOARD, "\"w\": 8", "\"w\": 9", "is there twice"),
                new Breach(
                        WatchLaws.DASHBOARD,
                        "\"name\": \"target\"",
                        "\"name\": \"database\"",
                        "nobody chooses target"));
    }

    @ParameterizedTest
    @MethodSource("laws")
    void holds(Law law) throws IOException {
        assertThat(law.brokenBy(DeployFiles.read())).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("breaches")
    void isSeenToBeBroken(Breach breach) throws IOException {
        assertThat(laws().flatMap(law -> law.brokenBy(spoiled(breach)).stream()))
                .anySatisfy(accusation -> assertThat(accusation).contains(breach.accusation()));
    }

    @Test
    void everyLawIsSeenToAccuse() throws IOException {
        List<DeployFiles> spoiled = breaches().map(DeployTest::spoiled).toList();

        assertThat(laws())
                .allSatisfy(law -> assertThat(spoiled)
                        .anySatisfy(files -> assertThat(law.brokenBy(files)).isNotEmpty()));
    }

    @Test
    void thePageNamesOnlyKeysThatThePlatformHas() throws IOException {
        assertThat(KnownKeys.onThePage()).isSubsetOf(KnownKeys.read().keys());
    }

    private static DeployFiles spoiled(Breach breach) {
        try {
            return breach.in(DeployFiles.read());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
