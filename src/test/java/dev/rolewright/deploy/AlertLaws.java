package dev.rolewright.deploy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// What must hold of the moments at which alerts fire.
final class AlertLaws {

    private static final Path TABLE = Path.of("src/test/resources/deploy/alerts.txt");

    /// One way of an alert to fire, and one not to.
    private record Moments(String alert, Samples fires, Samples silent) {

        static Moments of(String... columns) {
            return new Moments(columns[0].strip(), Samples.read(columns[1]), Samples.read(columns[2]));
        }

        Stream<String> accused(PromQl.Expression expression) {
            return Stream.of(
                            expression.answer().apply(fires).values().isEmpty()
                                    ? "does not fire at " + fires.values()
                                    : "",
                            expression.answer().apply(silent).values().isEmpty() ? "" : "fires at " + silent.values())
                    .filter(it -> !it.isEmpty())
                    .map(it -> alert + " " + it);
        }
    }

    private AlertLaws() {}

    static List<Law> all() throws IOException {
        List<Moments> table = Files.readAllLines(TABLE).stream()
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .map(line -> Moments.of(line.split("\\|", -1)))
                .toList();
        return List.of(
                new Law(
                        "an alert fires when it is to, and never else",
                        files -> WatchLaws.alerts(files)
                                .flatMap(rule -> WatchLaws.read(rule).stream()
                                        .flatMap(expression -> table.stream()
                                                .filter(it -> it.alert()
                                                        .equals(rule.path("alert")
                                                                .asText()))
                                                .flatMap(it -> it.accused(expression))))),
                new Law(
                        "it is said of each alert when it fires",
                        files -> WatchLaws.alerts(files)
                                .map(rule -> rule.path("alert").asText())
                                .filter(name -> table.stream()
                                        .noneMatch(it -> it.alert().equals(name)))
                                .map(name -> "nobody says when " + name + " fires")),
                new Law(
                        "nothing is said of an alert that is not there",
                        files -> table.stream()
                                .map(Moments::alert)
                                .filter(name -> WatchLaws.alerts(files)
                                        .noneMatch(rule ->
                                                rule.path("alert").asText().equals(name)))
                                .map(name -> name + " is no alert")));
    }
}
