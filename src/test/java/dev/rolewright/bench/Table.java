package dev.rolewright.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// The lines of the report, as a Markdown table.
final class Table {

    private record Line(int people, int connections, String act, Load.Figures ours, Load.Figures floor) {}

    private final List<Line> lines = new ArrayList<>();

    void add(int people, int connections, String act, Load.Figures ours, Load.Figures floor) {
        Line line = new Line(people, connections, act, ours, floor);
        lines.add(line);
        System.out.println(print(line));
    }

    /// The p50 of a line, for the growth figures below the table.
    double p50(int people, int connections, String act) {
        return lines.stream()
                .filter(line -> line.people == people && line.connections == connections && line.act.equals(act))
                .mapToDouble(line -> line.ours.p50Millis())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no line for " + act));
    }

    String print() {
        StringBuilder text = new StringBuilder("""
                | people | connections | act | rate/s | p50 ms | p99 ms | p99/p50 | floor rate/s | floor p50 ms | ratio |
                |---:|---:|---|---:|---:|---:|---:|---:|---:|---:|
                """);
        lines.forEach(line -> text.append(print(line)).append('\n'));
        return text.toString();
    }

    private static String print(Line line) {
        return String.format(
                Locale.ROOT,
                "| %d | %d | %s | %.0f | %.2f | %.2f | %.1f | %.0f | %.2f | %.0f %% |",
                line.people,
                line.connections,
                line.act,
                line.ours.rate(),
                line.ours.p50Millis(),
                line.ours.p99Millis(),
                line.ours.p99Millis() / line.ours.p50Millis(),
                line.floor.rate(),
                line.floor.p50Millis(),
                100 * line.ours.rate() / line.floor.rate());
    }
}
