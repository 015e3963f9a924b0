package dev.rolewright.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/// What the compose specification knows, as far as our file uses it, and what stands next to that: whatever else is
/// written is a mistake.
final class ComposeKeys {

    /// By where they stand; `*` is a name that somebody chose.
    private static final Map<String, String> KEYS = Map.of(
            "",
            "name|services|networks|volumes|configs|secrets",
            "/services/*",
            "image|build|platform|entrypoint|command|init|user|working_dir|hostname|environment|env_file|volumes|tmpfs"
                    + "|read_only|configs|secrets|networks|network_mode|ports|expose|depends_on|healthcheck|restart"
                    + "|stop_grace_period|stop_signal|cap_add|cap_drop|security_opt|mem_limit|mem_reservation|pids_limit"
                    + "|cpus|ulimits|logging|labels|profiles",
            "/services/*/build",
            "context|dockerfile|args|target|labels",
            "/services/*/depends_on/*",
            "condition|required|restart",
            "/services/*/healthcheck",
            "test|interval|timeout|retries|start_period|start_interval|disable",
            "/networks/*",
            "name|driver|driver_opts|internal|external|labels",
            "/volumes/*",
            "name|driver|driver_opts|external|labels");

    private static final Map<String, String> VALUES = Map.of(
            "/services/*/restart", "no|always|on-failure(:\\d+)?|unless-stopped",
            "/services/*/depends_on/*/condition", "service_(started|healthy|completed_successfully)");

    private ComposeKeys() {}

    static Stream<String> accused(JsonNode compose) {
        return Stream.concat(
                accused(KEYS, compose, node -> node.properties().stream().map(Map.Entry::getKey)),
                accused(
                        VALUES,
                        compose,
                        node -> Stream.of(node).filter(JsonNode::isValueNode).map(JsonNode::asText)));
    }

    private static Stream<String> accused(
            Map<String, String> known, JsonNode compose, Function<JsonNode, Stream<String>> said) {
        return known.entrySet().stream()
                .flatMap(it -> at(it.getKey(), compose)
                        .flatMap(said)
                        .filter(word -> !word.matches(it.getValue()))
                        .map(word -> it.getKey() + ": " + word + " means nothing"));
    }

    private static Stream<JsonNode> at(String path, JsonNode root) {
        Stream<JsonNode> found = Stream.of(root);
        for (String step : path.isEmpty() ? new String[0] : path.substring(1).split("/")) {
            found = found.flatMap(it -> step.equals("*") ? Elements.of(it) : Stream.of(it.path(step)));
        }
        return found;
    }
}
