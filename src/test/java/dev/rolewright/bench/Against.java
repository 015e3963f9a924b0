package dev.rolewright.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Acts on a target beside their floors, as a Markdown table.
final class Against {

    @FunctionalInterface
    interface Act {
        void perform() throws Exception;
    }

    private record Line(int logins, String act, Load.Figures ours, Load.Figures floor) {}

    private final List<Line> lines = new ArrayList<>();

    void add(int logins, String act, Load.Figures ours, Load.Figures floor) {
        Line line = new Line(logins, act, ours, floor);
        lines.add(line);
        System.out.println(print(line));
    }

    /// The p50 of ours on such a line.
    double p50(int logins, String act) {
        return lines.stream()
                .filter(line -> line.logins == logins && line.act.equals(act))
                .mapToDouble(line -> line.ours.p50Millis())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no line for " + act));
    }

    /// How long an act takes when it is done one time after the other.
    static Load.Figures times(int number, Act act) throws Exception {
        long[] nanos = new long[number];
        long start = System.nanoTime();
        for (int index = 0; index < number; index++) {
            long before = System.nanoTime();
            act.perform();
            nanos[index] = System.nanoTime() - before;
        }
        return figures(nanos, System.nanoTime() - start);
    }

    static Load.Figures figures(long[] nanos, long wholeNanos) {
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return Load.Figures.of(sorted, wholeNanos / 1e9);
    }

    String print() {
        StringBuilder text = new StringBuilder("""
                | logins | act | times | p50 ms | p99 ms | floor p50 ms | floor p99 ms | ratio |
                |---:|---|---:|---:|---:|---:|---:|---:|
                """);
        lines.forEach(line -> text.append(print(line)).append('\n'));
        return text.toString();
    }

    private static String print(Line line) {
        return String.format(
                Locale.ROOT,
                "| %d | %s | %d | %.2f | %.2f | %.2f | %.2f | %.2f × |",
                line.logins,
                line.act,
                line.ours.count(),
                line.ours.p50Millis(),
                line.ours.p99Millis(),
                line.floor.p50Millis(),
                line.floor.p99Millis(),
                line.ours.p50Millis() / line.floor.p50Millis());
    }
}
