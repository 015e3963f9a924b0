package dev.rolewright.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What must hold of the alerts and the dashboard.
final class WatchLaws {

    static final String ALERTS = "observability/alerts.yaml";
    static final String DASHBOARD = "observability/dashboard.json";

    private static final Path PAGE = Path.of("src/docs/reference/metrics.md");
    private static final Pattern ALERT_ON = Pattern.compile("(?m)^\\| `(\\w+)` .*\\*\\*alert on it:\\*\\*");
    private static final Pattern NAMED = Pattern.compile("\\$labels\\.(\\w+)|\\{\\{(\\w+)}}");
    private static final Pattern VARIABLE = Pattern.compile("\\$\\{?(?!__)(\\w+)");
    private static final Set<String> RULE = Set.of("alert", "expr", "for", "labels", "annotations");
    private static final Set<String> SEVERITIES = Set.of("critical", "warning");

    /// Of those that show numbers, and what parts them.
    private static final Set<String> PANELS =
            Set.of("row", "stat", "timeseries", "gauge", "bargauge", "table", "heatmap");

    private static final Set<String> UNITS =
            Set.of("none", "short", "percent", "percentunit", "s", "ms", "bytes", "ops", "reqps");

    static final List<Law> ALL = List.of(
            new Law(
                    "an alert says what it is, how bad, and what to do",
                    rules(rule -> Stream.of(
                                    names(rule).stream()
                                            .filter(key -> !RULE.contains(key))
                                            .map(key -> "nobody knows " + key),
                                    Stream.of(rule.path("for").asText("1m"))
                                            .filter(time -> !time.matches("\\d+[smhd]"))
                                            .map(time -> time + " is no time"),
                                    Stream.of(rule.at("/labels/severity").asText())
                                            .filter(severity -> !SEVERITIES.contains(severity))
                                            .map(severity -> severity + " is no severity"),
                                    Stream.of("summary", "description")
                                            .filter(key -> rule.path("annotations")
                                                    .path(key)
                                                    .asText()
                                                    .isBlank())
                                            .map(key -> "no " + key))
                            .flatMap(it -> it)
                            .map(it -> rule.path("alert").asText() + ": " + it))),
            new Law(
                    "no two alerts have one name",
                    files -> twice(alerts(files).map(rule -> rule.path("alert").asText()))),
            new Law(
                    "an alert names only what its expression leaves",
                    rules(rule -> lost(
                            rule.path("expr").asText(), rule.path("annotations").toString()))),
            new Law(
                    "a panel names only what its expression leaves",
                    files -> queries(files)
                            .flatMap(query -> lost(
                                    query.path("expr").asText(),
                                    query.path("legendFormat").asText()))),
            new Law(
                    "a panel is of a kind that there is, asks for something, and says of what its numbers are",
                    files -> panels(files).flatMap(WatchLaws::amiss)),
            new Law("no two panels have one number, and none lies on another", WatchLaws::piled),
            new Law(
                    "a panel asks where the dashboard is told to, and for targets that are chosen",
                    files -> VARIABLE.matcher(panels(files).toList().toString())
                            .results()
                            .map(it -> it.group(1))
                            .filter(name -> Elements.of(dashboard(files).at("/templating/list"))
                                    .noneMatch(it -> it.path("name").asText().equals(name)))
                            .map(name -> "nobody chooses " + name)
                            .distinct()),
            new Law(
                    "whatever the reference says to alert on is alerted on",
                    files -> ALERT_ON.matcher(page())
                            .results()
                            .map(it -> it.group(1))
                            .filter(metric -> alerts(files)
                                    .flatMap(rule -> uses(rule).stream())
                                    .noneMatch(use -> use.metric().matches(metric + "(_total|_seconds(_bucket)?)?")))
                            .map(metric -> "nobody is told of " + metric)));

    private WatchLaws() {}

    /// What can be said only by who sees what the application really tells.
    static List<Law> against(Exposition exposed) {
        BiFunction<PromQl.Use, String, Stream<String>> check = (use, where) -> {
            Set<String> labels = exposed.labels().get(use.metric());
            if (labels == null) {
                return Stream.of(where + ": the application tells nothing of " + use.metric());
            }
            return Stream.concat(
                    use.labels().stream()
                            .filter(label -> !labels.contains(label))
                            .map(label -> where + ": " + use.metric() + " has no " + label),
                    use.counts() && !exposed.counters().contains(use.metric())
                            ? Stream.of(where + ": " + use.metric() + " is no counter")
                            : Stream.of());
        };
        return List.of(
                new Law(
                        "alerts ask for what the application tells",
                        rules(rule -> uses(rule).stream()
                                .flatMap(use ->
                                        check.apply(use, rule.path("alert").asText())))),
                new Law(
                        "the dashboard asks for what the application tells",
                        files -> queries(files)
                                .flatMap(query -> uses(query).stream())
                                .flatMap(use -> check.apply(use, "dashboard"))));
    }

    private static Function<DeployFiles, Stream<String>> rules(Function<JsonNode, Stream<String>> law) {
        return files -> alerts(files).flatMap(law);
    }

    static Stream<JsonNode> alerts(DeployFiles files) {
        return files.yaml(ALERTS)
                .flatMap(it -> Elements.of(it.path("groups")))
                .flatMap(group -> Elements.of(group.path("rules")));
    }

    private static JsonNode dashboard(DeployFiles files) {
        return files.yaml(DASHBOARD).findFirst().orElseThrow(); // JSON is YAML
    }

    private static Stream<JsonNode> panels(DeployFiles files) {
        return Elements.of(dashboard(files).path("panels"));
    }

    private static Stream<JsonNode> queries(DeployFiles files) {
        return panels(files).flatMap(panel -> Elements.of(panel.path("targets")));
    }

    /// None of what cannot be read, which another law tells of.
    static Optional<PromQl.Expression> read(JsonNode query) {
        try {
            return Optional.of(PromQl.read(query.path("expr").asText()));
        } catch (IllegalArgumentException _) {
            return Optional.empty();
        }
    }

    private static List<PromQl.Use> uses(JsonNode query) {
        return read(query).map(PromQl.Expression::uses).orElse(List.of());
    }

    /// Labels that a text names and an expression has added up.
    private static Stream<String> lost(String expression, String text) {
        PromQl.Expression read;
        try {
            read = PromQl.read(expression);
        } catch (IllegalArgumentException e) {
            return Stream.of(expression + ": " + e.getMessage());
        }
        return NAMED.matcher(text)
                .results()
                .map(it -> it.group(1) == null ? it.group(2) : it.group(1))
                .filter(label -> read.labels() != null && !read.labels().contains(label))
                .map(label -> expression + " has lost " + label);
    }

    private static Stream<String> amiss(JsonNode panel) {
        String type = panel.path("type").asText();
        String unit = panel.at("/fieldConfig/defaults/unit").asText();
        boolean asks = !panel.path("targets").isEmpty()
                && Elements.of(panel.path("targets"))
                        .noneMatch(it -> it.path("expr").asText().isBlank());
        return Stream.of(
                        PANELS.contains(type) ? "" : "is of no kind: " + type,
                        type.equals("row") || asks ? "" : "asks for nothing",
                        type.equals("row") || UNITS.contains(unit) ? "" : "has no unit: " + unit)
                .filter(it -> !it.isEmpty())
                .map(it -> "panel " + panel.path("id") + " " + it);
    }

    private static Stream<String> piled(DeployFiles files) {
        List<String> places = new ArrayList<>();
        panels(files).map(panel -> panel.path("gridPos")).forEach(at -> {
            for (int x = 0; x < at.path("w").asInt(); x++) {
                for (int y = 0; y < at.path("h").asInt(); y++) {
                    places.add((at.path("x").asInt() + x) + "," + (at.path("y").asInt() + y));
                }
            }
        });
        return Stream.concat(twice(places.stream()), twice(panels(files).map(panel -> "panel " + panel.path("id"))));
    }

    private static Stream<String> twice(Stream<String> names) {
        Set<String> seen = new HashSet<>();
        return names.filter(name -> !seen.add(name)).map(name -> name + " is there twice");
    }

    private static Set<String> names(JsonNode object) {
        Set<String> names = new HashSet<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    private static String page() {
        try {
            return Files.readString(PAGE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
