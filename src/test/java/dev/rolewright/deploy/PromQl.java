package dev.rolewright.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the part of Prometheus' query language that alerts and dashboards of ours use, and no more of it: whatever is
/// not known here is a mistake. What it reads answers for samples, in which a counter stands for its own rate or
/// increase.
final class PromQl {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)|(?<number>\\d+(?:\\.\\d+)?)(?![a-z])|(?<text>\"[^\"\\\\]*\")"
                    + "|(?<range>\\[(?:(?:\\d+(?:ms|[smhdwy]))+|\\$__rate_interval)\\])|(?<sign>=~|!~|==|!=|>=|<=|[-+*/(){},=<>]))");

    private static final Set<String> COMPARISONS = Set.of("==", "!=", ">", "<", ">=", "<=");

    /// What binds looser comes first.
    private static final List<Set<String>> OPERATORS =
            List.of(Set.of("or"), COMPARISONS, Set.of("+", "-"), Set.of("*", "/"));

    private static final Set<String> MATCHES = Set.of("=", "!=", "=~", "!~");

    /// @param of what it gives for its arguments
    private record Known(List<Type> types, Function<List<Samples>, Samples> of) {}

    private static final Map<String, Known> FUNCTIONS = Map.of(
            "rate", new Known(List.of(Type.RANGE), List::getFirst),
            "increase", new Known(List.of(Type.RANGE), List::getFirst),
            "absent", new Known(List.of(Type.VECTOR), it -> it.getFirst().absent()),
            "vector", new Known(List.of(Type.SCALAR), List::getFirst),
            "histogram_quantile",
                    new Known(
                            List.of(Type.SCALAR, Type.VECTOR),
                            it -> it.getLast().quantile(it.getFirst())));

    private enum Type {
        SCALAR,
        VECTOR,
        RANGE
    }

    /// A metric with the labels that it is asked for, by what is selected and by what is added up.
    ///
    /// @param counts whether it is taken for a counter
    record Use(String metric, Set<String> labels, boolean counts) {

        private Use by(Set<String> more) {
            Set<String> all = new HashSet<>(labels);
            all.addAll(more);
            return new Use(metric, all, counts);
        }
    }

    /// What an expression gives.
    ///
    /// @param labels what is left of them where it adds up; null where it does not
    /// @param answer to samples
    record Expression(List<Use> uses, Set<String> labels, UnaryOperator<Samples> answer) {}

    private record Part(Type type, List<Use> uses, Set<String> labels, UnaryOperator<Samples> answer) {}

    private final List<String> tokens = new ArrayList<>();
    private int next;

    private PromQl(String text) {
        Matcher token = TOKEN.matcher(text.strip());
        while (token.regionStart() < text.strip().length()) {
            if (!token.lookingAt()) {
                throw new IllegalArgumentException(
                        "not understood: " + text.strip().substring(token.regionStart()));
            }
            tokens.add(token.group().strip());
            token.region(token.end(), text.strip().length());
        }
    }

    /// @throws IllegalArgumentException for what is no expression
    static Expression read(String text) {
        PromQl reading = new PromQl(text);
        Part part = reading.expression();
        if (reading.next < reading.tokens.size()) {
            throw new IllegalArgumentException("nothing is to follow, but does: " + reading.peek());
        }
        if (part.type() == Type.RANGE) {
            throw new IllegalArgumentException("a range is no answer");
        }
        return new Expression(part.uses(), part.labels(), part.answer());
    }

    private Part expression() {
        return expression(0);
    }

    private Part expression(int level) {
        if (level == OPERATORS.size()) {
            return operand();
        }
        Part left = expression(level + 1);
        while (OPERATORS.get(level).contains(peek())) {
            left = joined(left, take(), expression(level + 1));
        }
        return left;
    }

    private static Part joined(Part left, String operator, Part right) {
        if (left.type() == Type.RANGE || right.type() == Type.RANGE) {
            throw new IllegalArgumentException("one cannot reckon with ranges");
        }
        if ((left.type() == Type.SCALAR && (COMPARISONS.contains(operator) || operator.equals("or")))
                || (right.type() == Type.SCALAR && operator.equals("or"))) {
            throw new IllegalArgumentException("a number is on the wrong side of " + operator);
        }
        List<Use> uses = new ArrayList<>(left.uses());
        uses.addAll(right.uses());
        return new Part(
                left.type() == Type.VECTOR ? Type.VECTOR : right.type(),
                uses,
                left.type() == Type.VECTOR ? left.labels() : right.labels(),
                samples -> {
                    Samples one = left.answer().apply(samples);
                    Samples other = right.answer().apply(samples);
                    return (left.type() == Type.SCALAR ? one.beside(other) : one)
                            .with(operator, right.type() == Type.SCALAR ? other.beside(one) : other);
                });
    }

    private Part operand() {
        String token = take();
        if (token.matches("\\d.*")) {
            Samples number = Samples.number(Double.parseDouble(token));
            return new Part(Type.SCALAR, List.of(), null, _ -> number);
        }
        if (token.equals("(")) {
            Part inner = expression();
            expect(")");
            return inner;
        }
        if (!token.matches("[a-zA-Z_:].*") || token.equals("or") || token.equals("by")) {
            throw new IllegalArgumentException("nothing begins with " + token);
        }
        if (Samples.AGGREGATIONS.containsKey(token)) {
            return aggregation(token);
        }
        return peek().equals("(") ? call(token) : selection(token);
    }

    private Part aggregation(String name) {
        Set<String> labels = Set.of();
        if (peek().equals("by")) {
            next++;
            labels = names();
        }
        List<Part> arguments = arguments();
        if (arguments.size() != 1 || arguments.getFirst().type() != Type.VECTOR) {
            throw new IllegalArgumentException("one vector is added up");
        }
        Set<String> by = labels;
        Part of = arguments.getFirst();
        return new Part(
                Type.VECTOR,
                of.uses().stream().map(use -> use.by(by)).toList(),
                by,
                samples -> of.answer().apply(samples).addedUp(name, by));
    }

    private Part call(String name) {
        List<Part> arguments = arguments();
        Known function = FUNCTIONS.get(name);
        if (function == null || !arguments.stream().map(Part::type).toList().equals(function.types())) {
            throw new IllegalArgumentException(name + " is unknown, or has other arguments");
        }
        Part last = arguments.getLast();
        boolean quantile = name.equals("histogram_quantile");
        if (quantile && (last.labels() == null || !last.labels().contains("le"))) {
            throw new IllegalArgumentException("a quantile needs le");
        }
        boolean counts = function.types().contains(Type.RANGE);
        return new Part(
                Type.VECTOR,
                last.uses().stream()
                        .map(use -> new Use(use.metric(), use.labels(), counts || use.counts()))
                        .toList(),
                quantile
                        ? last.labels().stream().filter(it -> !it.equals("le")).collect(Collectors.toSet())
                        : last.labels(),
                samples -> function.of()
                        .apply(arguments.stream()
                                .map(it -> it.answer().apply(samples))
                                .toList()));
    }

    private Part selection(String metric) {
        List<Samples.Match> matches = new ArrayList<>(List.of(Samples.Match.ofMetric(metric)));
        Set<String> labels = new HashSet<>();
        if (peek().equals("{")) {
            do {
                next++;
                Samples.Match match = new Samples.Match(take(), take(), take().replace("\"", ""));
                if (!MATCHES.contains(match.sign()) || !tokens.get(next - 1).startsWith("\"")) {
                    throw new IllegalArgumentException("a label is compared with a text");
                }
                matches.add(match);
                labels.add(match.label());
            } while (peek().equals(","));
            expect("}");
        }
        boolean range = peek().startsWith("[");
        next += range ? 1 : 0;
        return new Part(
                range ? Type.RANGE : Type.VECTOR,
                List.of(new Use(metric, labels, false)),
                null,
                samples -> samples.chosen(matches));
    }

    private List<Part> arguments() {
        List<Part> arguments = new ArrayList<>();
        expect("(");
        arguments.add(expression());
        while (peek().equals(",")) {
            next++;
            arguments.add(expression());
        }
        expect(")");
        return arguments;
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>();
        expect("(");
        names.add(take());
        while (peek().equals(",")) {
            next++;
            names.add(take());
        }
        expect(")");
        return names;
    }

    private String peek() {
        return next < tokens.size() ? tokens.get(next) : "";
    }

    private String take() {
        String token = peek();
        if (token.isEmpty()) {
            throw new IllegalArgumentException("it ends too soon");
        }
        next++;
        return token;
    }

    private void expect(String token) {
        if (!take().equals(token)) {
            throw new IllegalArgumentException(token + " is missing");
        }
    }
}
