package dev.rolewright.deploy;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads the part of Prometheus' query language that alerts and dashboards of ours use, and no more of it: whatever is
/// not known here is a mistake.
final class PromQl {

    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(?:(?<name>[a-zA-Z_:][a-zA-Z0-9_:]*)|(?<number>\\d+(?:\\.\\d+)?)(?![a-z])|(?<text>\"[^\"\\\\]*\")"
                    + "|(?<range>\\[(?:(?:\\d+(?:ms|[smhdwy]))+|\\$__rate_interval)\\])|(?<sign>=~|!~|==|!=|>=|<=|[-+*/%^(){},=<>]))");

    private static final Set<String> OPERATORS =
            Set.of("+", "-", "*", "/", "%", "^", "==", "!=", ">", "<", ">=", "<=", "and", "or", "unless");
    private static final Set<String> MATCHES = Set.of("=", "!=", "=~", "!~");
    private static final Set<String> AGGREGATIONS = Set.of("sum", "max", "min", "avg", "count");

    private static final Map<String, List<Type>> FUNCTIONS = Map.of(
            "rate", List.of(Type.RANGE),
            "increase", List.of(Type.RANGE),
            "absent", List.of(Type.VECTOR),
            "vector", List.of(Type.SCALAR),
            "histogram_quantile", List.of(Type.SCALAR, Type.VECTOR));

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
    record Expression(List<Use> uses, Set<String> labels) {}

    private record Part(Type type, List<Use> uses, Set<String> labels) {}

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
        return new Expression(part.uses(), part.labels());
    }

    private Part expression() {
        Part left = operand();
        while (OPERATORS.contains(peek())) {
            next++;
            Part right = operand();
            if (left.type() == Type.RANGE || right.type() == Type.RANGE) {
                throw new IllegalArgumentException("one cannot reckon with ranges");
            }
            List<Use> uses = new ArrayList<>(left.uses());
            uses.addAll(right.uses());
            left = new Part(
                    left.type() == Type.VECTOR ? Type.VECTOR : right.type(),
                    uses,
                    left.type() == Type.VECTOR ? left.labels() : right.labels());
        }
        return left;
    }

    private Part operand() {
        String token = take();
        if (token.matches("\\d.*")) {
            return new Part(Type.SCALAR, List.of(), null);
        }
        if (token.equals("(")) {
            Part inner = expression();
            expect(")");
            return inner;
        }
        if (!token.matches("[a-zA-Z_:].*") || OPERATORS.contains(token) || token.equals("by")) {
            throw new IllegalArgumentException("nothing begins with " + token);
        }
        if (AGGREGATIONS.contains(token)) {
            return aggregation();
        }
        return peek().equals("(") ? call(token) : selection(token);
    }

    private Part aggregation() {
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
        return new Part(
                Type.VECTOR,
                arguments.getFirst().uses().stream().map(use -> use.by(by)).toList(),
                by);
    }

    private Part call(String function) {
        List<Part> arguments = arguments();
        List<Type> types = FUNCTIONS.get(function);
        if (types == null || !arguments.stream().map(Part::type).toList().equals(types)) {
            throw new IllegalArgumentException(function + " is unknown, or has other arguments");
        }
        Part last = arguments.getLast();
        boolean quantile = function.equals("histogram_quantile");
        if (quantile && (last.labels() == null || !last.labels().contains("le"))) {
            throw new IllegalArgumentException("a quantile needs le");
        }
        boolean counts = types.contains(Type.RANGE);
        return new Part(
                Type.VECTOR,
                last.uses().stream()
                        .map(use -> new Use(use.metric(), use.labels(), counts || use.counts()))
                        .toList(),
                quantile
                        ? last.labels().stream().filter(it -> !it.equals("le")).collect(Collectors.toSet())
                        : last.labels());
    }

    private Part selection(String metric) {
        Set<String> labels = new HashSet<>();
        if (peek().equals("{")) {
            do {
                next++;
                labels.add(take());
                if (!MATCHES.contains(take()) || !take().startsWith("\"")) {
                    throw new IllegalArgumentException("a label is compared with a text");
                }
            } while (peek().equals(","));
            expect("}");
        }
        boolean range = peek().startsWith("[");
        next += range ? 1 : 0;
        return new Part(range ? Type.RANGE : Type.VECTOR, List.of(new Use(metric, labels, false)), null);
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
