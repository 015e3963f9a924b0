package dev.rolewright.deploy;

import static java.util.stream.Collectors.collectingAndThen;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.stream.DoubleStream;

/// Values by their labels at one moment: what Prometheus holds, a metric's name among the labels, or what is made of
/// that, which has no name any more.
record Samples(Map<Map<String, String>, Double> values) {

    private static final String NAME = "__name__";

    private interface Operator {

        OptionalDouble of(double left, double right);

        /// What is left of a value that is compared.
        static OptionalDouble kept(double value, boolean holds) {
            return holds ? OptionalDouble.of(value) : OptionalDouble.empty();
        }
    }

    private static final Map<String, Operator> OPERATORS = Map.of(
            "+", (left, right) -> OptionalDouble.of(left + right),
            "-", (left, right) -> OptionalDouble.of(left - right),
            "*", (left, right) -> OptionalDouble.of(left * right),
            "/", (left, right) -> OptionalDouble.of(left / right),
            "==", (left, right) -> Operator.kept(left, left == right),
            "!=", (left, right) -> Operator.kept(left, left != right),
            ">", (left, right) -> Operator.kept(left, left > right),
            "<", (left, right) -> Operator.kept(left, left < right),
            ">=", (left, right) -> Operator.kept(left, left >= right),
            "<=", (left, right) -> Operator.kept(left, left <= right));

    /// The greatest and the least are numbers as long as there is one.
    static final Map<String, ToDoubleFunction<DoubleStream>> AGGREGATIONS = Map.of(
            "sum",
            DoubleStream::sum,
            "count",
            DoubleStream::count,
            "max",
            values -> values.filter(it -> !Double.isNaN(it)).max().orElse(Double.NaN),
            "min",
            values -> values.filter(it -> !Double.isNaN(it)).min().orElse(Double.NaN));

    /// What a label must be; one that is not there is empty.
    record Match(String label, String sign, String text) {

        static Match ofMetric(String name) {
            return new Match(NAME, "=", name);
        }

        private boolean fits(Map<String, String> labels) {
            String value = labels.getOrDefault(label, "");
            return (sign.endsWith("~") ? value.matches(text) : value.equals(text)) != sign.startsWith("!");
        }
    }

    /// @param text as an application tells them, but with `;` between them
    static Samples read(String text) {
        String lines = text.strip().replaceAll("\\s*;\\s*", "\n");
        Map<Map<String, String>, Double> values = new HashMap<>();
        Exposition.SAMPLE.matcher(lines).results().forEach(sample -> {
            Map<String, String> labels = new HashMap<>(Map.of(NAME, sample.group(1)));
            if (sample.group(2) != null) {
                Exposition.LABEL
                        .matcher(sample.group(2))
                        .results()
                        .forEach((MatchResult label) -> labels.put(label.group(1), label.group(2)));
            }
            values.put(labels, Double.valueOf(sample.group(3)));
        });
        if (values.size() != lines.lines().count()) {
            throw new IllegalArgumentException("these are no samples, or one is there twice: " + text);
        }
        return new Samples(values);
    }

    static Samples number(double number) {
        return new Samples(Map.of(Map.of(), number));
    }

    private double number() {
        return values.get(Map.of());
    }

    /// This number for each of others.
    Samples beside(Samples others) {
        return others.by(labels -> labels, _ -> number());
    }

    Samples chosen(List<Match> matches) {
        Map<Map<String, String>, Double> chosen = new HashMap<>(values);
        chosen.keySet().removeIf(labels -> !matches.stream().allMatch(it -> it.fits(labels)));
        return new Samples(chosen)
                .by(labels -> without(NAME, labels), it -> it.getFirst().getValue());
    }

    Samples addedUp(String aggregation, Set<String> by) {
        return by(
                labels -> {
                    Map<String, String> kept = new HashMap<>(labels);
                    kept.keySet().retainAll(by);
                    return kept;
                },
                group -> AGGREGATIONS
                        .get(aggregation)
                        .applyAsDouble(group.stream().mapToDouble(Map.Entry::getValue)));
    }

    /// Each with the one of others that has the same labels.
    Samples with(String operator, Samples others) {
        Map<Map<String, String>, Double> all = new HashMap<>();
        if (operator.equals("or")) {
            all.putAll(others.values);
            all.putAll(values);
        } else {
            values.forEach((labels, left) -> {
                if (others.values.containsKey(labels)) {
                    OPERATORS.get(operator).of(left, others.values.get(labels)).ifPresent(it -> all.put(labels, it));
                }
            });
        }
        return new Samples(all);
    }

    Samples absent() {
        return values.isEmpty() ? number(1) : new Samples(Map.of());
    }

    /// Below which a share of what was counted in buckets lies.
    Samples quantile(Samples share) {
        return by(labels -> without("le", labels), buckets -> quantile(share.number(), buckets));
    }

    private static double quantile(double share, List<Map.Entry<Map<String, String>, Double>> buckets) {
        NavigableMap<Double, Double> counts = new TreeMap<>();
        buckets.forEach(it -> counts.put(
                Double.valueOf(it.getKey().getOrDefault("le", "").replace("+Inf", "Infinity")), it.getValue()));
        double rank = share * counts.lastEntry().getValue();
        double from = 0;
        double below = 0;
        for (Map.Entry<Double, Double> bucket : counts.entrySet()) {
            if (bucket.getValue() >= rank) {
                double width = bucket.getKey().isInfinite() ? 0 : bucket.getKey() - from;
                return from + width * (rank - below) / (bucket.getValue() - below);
            }
            from = bucket.getKey();
            below = bucket.getValue();
        }
        return Double.NaN;
    }

    private static Map<String, String> without(String label, Map<String, String> labels) {
        Map<String, String> others = new HashMap<>(labels);
        others.remove(label);
        return others;
    }

    private Samples by(
            UnaryOperator<Map<String, String>> labels,
            ToDoubleFunction<List<Map.Entry<Map<String, String>, Double>>> value) {
        return new Samples(values.entrySet().stream()
                .collect(groupingBy(
                        it -> labels.apply(it.getKey()), collectingAndThen(toList(), value::applyAsDouble))));
    }
}
