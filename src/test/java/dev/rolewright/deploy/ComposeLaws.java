package dev.rolewright.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// What must hold of the compose file.
final class ComposeLaws {

    private static final Path HERE = DeployFiles.FOLDER.resolve("compose");

    static final List<Law> ALL = List.of(
            new Law(
                    "the compose file says only what the specification knows",
                    files -> ComposeKeys.accused(files.compose())),
            new Law(
                    "what a service of the compose file refers to is there",
                    services((name, service, compose) -> Stream.of(
                                    missing("service", names(service.path("depends_on")), compose.path("services")),
                                    missing(
                                            "network",
                                            Elements.texts(service.path("networks")),
                                            compose.path("networks")),
                                    missing(
                                            "volume",
                                            mounts(service).filter(it -> !isPath(it)),
                                            compose.path("volumes")),
                                    mounts(service)
                                            .filter(ComposeLaws::isPath)
                                            .filter(path -> !Files.exists(
                                                    HERE.resolve(path).normalize()))
                                            .map(path -> "file " + path))
                            .flatMap(it -> it)
                            .map(missing -> name + " refers to the " + missing + ", which is not there"))),
            new Law(
                    "Rolewright may write nowhere and do nothing that it need not",
                    rolewright(service -> Stream.of(
                                    service.path("read_only").asBoolean() ? "" : "its root is writable",
                                    Elements.texts(service.path("cap_drop"))
                                                    .toList()
                                                    .equals(List.of("ALL"))
                                            ? ""
                                            : "it keeps capabilities",
                                    Elements.texts(service.path("security_opt"))
                                                    .toList()
                                                    .contains("no-new-privileges:true")
                                            ? ""
                                            : "it may gain privileges",
                                    service.has("user") ? "it runs as another user than the image says" : "",
                                    service.has("mem_limit") ? "" : "its memory has no limit",
                                    seconds(service.path("stop_grace_period").asText()) < PodLaws.END
                                            ? "it is killed while it ends"
                                            : "")
                            .filter(it -> !it.isEmpty()))),
            new Law(
                    "only Rolewright is reached from outside, and from this machine only",
                    services((name, service, _) -> Elements.texts(service.path("ports"))
                            .filter(port -> !name.equals("rolewright")
                                    || !port.equals("127.0.0.1:" + Application.PORT + ":" + Application.PORT))
                            .map(port -> name + " is reached at " + port))),
            new Law(
                    "the servers' networks lead nowhere else",
                    files -> Stream.of("store", "target")
                            .filter(name -> !files.compose()
                                    .path("networks")
                                    .path(name)
                                    .path("internal")
                                    .asBoolean())
                            .map(name -> "the network " + name + " leads outside")),
            new Law(
                    "who is waited for says when it is ready",
                    services((_, service, compose) -> service.path("depends_on").properties().stream()
                            .filter(it ->
                                    it.getValue().path("condition").asText().equals("service_healthy"))
                            .map(Map.Entry::getKey)
                            .filter(other ->
                                    !compose.path("services").path(other).has("healthcheck"))
                            .map(other -> other + " never says that it is ready"))),
            new Law(
                    "the image is built from the Dockerfile, in the folder of the project",
                    rolewright(service -> Stream.of(service.path("build"))
                            .map(build -> HERE.resolve(build.path("context").asText("nowhere"))
                                    .resolve(build.path("dockerfile").asText())
                                    .normalize())
                            .filter(path -> !path.equals(DeployFiles.FOLDER.resolve("docker/Dockerfile")))
                            .map(path -> "it is built from " + path))));

    private ComposeLaws() {}

    private static int seconds(String time) {
        return time.matches("\\d+s") ? Integer.parseInt(time.replace("s", "")) : 0;
    }

    private interface OfService {
        Stream<String> accused(String name, JsonNode service, JsonNode compose);
    }

    private static Function<DeployFiles, Stream<String>> services(OfService law) {
        return files -> files.compose().path("services").properties().stream()
                .flatMap(service -> law.accused(service.getKey(), service.getValue(), files.compose()));
    }

    private static Function<DeployFiles, Stream<String>> rolewright(Function<JsonNode, Stream<String>> law) {
        return files -> law.apply(files.compose().at("/services/rolewright"));
    }

    private static Stream<String> names(JsonNode node) {
        return node.properties().stream().map(Map.Entry::getKey);
    }

    private static Stream<String> missing(String kind, Stream<String> names, JsonNode there) {
        return names.filter(name -> !there.has(name)).map(name -> kind + " " + name);
    }

    /// What is mounted: a path or the name of a volume.
    private static Stream<String> mounts(JsonNode service) {
        return Elements.texts(service.path("volumes")).map(mount -> mount.substring(0, mount.indexOf(':')));
    }

    private static boolean isPath(String mounted) {
        return mounted.startsWith(".");
    }
}
