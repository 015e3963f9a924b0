package dev.rolewright.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What must hold of the configuration that an installation brings.
final class KeyLaws {

    private static final Pattern ENV = Pattern.compile("(?m)^ENV ([A-Z_]+)=(.*)$");
    private static final Pattern SECRET_FILE = Pattern.compile("(?m)^make_secret rolewright/(\\S+)");

    private KeyLaws() {}

    static List<Law> all(KnownKeys known) {
        return List.of(
                new Law(
                        "every variable is one that the application reads",
                        files -> variables(files)
                                .map(Map.Entry::getKey)
                                .filter(name -> !known.hasVariable(name))
                                .map(name -> name + " means nothing to the application")),
                new Law(
                        "every file of secrets is a key that the application reads",
                        files -> SECRET_FILE
                                .matcher(files.text("compose/secrets.sh"))
                                .results()
                                .map(it -> it.group(1))
                                .filter(key -> !known.hasKey(key))
                                .map(key -> key + " means nothing to the application")),
                new Law(
                        "no variable carries a secret",
                        files -> Stream.concat(variables(files), variablesOfTheServers(files))
                                .filter(it -> it.getKey().matches(".*(PASSWORD|TOKEN|SECRET|KEY)")
                                        || it.getValue().matches("(?i).*(password=|//[^/]*@).*"))
                                .map(it -> it.getKey() + " carries a secret")),
                new Law(
                        "secrets lie where they are looked for",
                        files -> Stream.of(
                                        ENV.matcher(files.text("docker/Dockerfile"))
                                                .results()
                                                .map(it -> it.group(2)),
                                        files.objects("ConfigMap")
                                                .map(it -> it.at("/data/SMALLRYE_CONFIG_SOURCE_FILE_LOCATIONS")
                                                        .asText()))
                                .flatMap(it -> it)
                                .filter(place -> !mounted(files, place))
                                .map(place -> "nothing is mounted at " + place)));
    }

    /// Of Rolewright, wherever it runs.
    private static Stream<Map.Entry<String, String>> variables(DeployFiles files) {
        return Stream.of(
                        ENV.matcher(files.text("docker/Dockerfile"))
                                .results()
                                .map(it -> Map.entry(it.group(1), it.group(2))),
                        texts(files.compose().at("/services/rolewright/environment")),
                        files.objects("ConfigMap").flatMap(it -> texts(it.path("data"))),
                        containers(files).flatMap(it -> texts(it.path("env"))))
                .flatMap(it -> it);
    }

    private static Stream<Map.Entry<String, String>> variablesOfTheServers(DeployFiles files) {
        return Elements.of(files.compose().path("services")).flatMap(it -> texts(it.path("environment")));
    }

    private static Stream<JsonNode> containers(DeployFiles files) {
        return files.objects().flatMap(it -> Elements.of(it.at("/spec/template/spec/containers")));
    }

    private static Stream<Map.Entry<String, String>> texts(JsonNode values) {
        return Elements.named(values)
                .map(it -> Map.entry(it.getKey(), it.getValue().asText()));
    }

    private static boolean mounted(DeployFiles files, String place) {
        return Elements.texts(files.compose().at("/services/rolewright/volumes"))
                        .anyMatch(it -> it.endsWith(":" + place + ":ro"))
                && containers(files)
                        .allMatch(it -> Elements.of(it.path("volumeMounts"))
                                .anyMatch(mount ->
                                        mount.path("mountPath").asText().equals(place)
                                                && mount.path("readOnly").asBoolean()));
    }
}
