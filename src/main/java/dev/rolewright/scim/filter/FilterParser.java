package dev.rolewright.scim.filter;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Filter.And;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Not;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.filter.Filter.Or;
import dev.rolewright.scim.filter.Filter.Present;
import dev.rolewright.scim.filter.Filter.ValuePath;
import dev.rolewright.scim.filter.Token.End;
import dev.rolewright.scim.filter.Token.Literal;
import dev.rolewright.scim.filter.Token.Word;
import java.util.Optional;

/// Reads filters (RFC 7644 §3.4.2.2) and PATCH paths (§3.5.2), which share their grammar.
///
/// Grammar only: whether an attribute exists and fits the operator is {@link Binder}'s question. `not` binds
/// tighter than `and`, `and` tighter than `or`. The parser recurses once per open parenthesis, so the depth
/// limit bounds the stack, and it reads each character once, so the length limit bounds the time.
public final class FilterParser {

    private static final String OPERATOR = "an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr)";
    private static final String VALUE = "a value (a quoted string, a number, true, false or null)";

    private final Tokens tokens;
    private final FilterLimits limits;
    private int clauses;
    private int depth;

    private FilterParser(Tokens tokens, FilterLimits limits) {
        this.tokens = tokens;
        this.limits = limits;
    }

    /// The tree of a filter; `invalidFilter` with the column and what was expected there when it is none.
    public static Filter parse(String text, FilterLimits limits) {
        FilterParser parser = of(text, "filter", ScimProblem.Type.invalidFilter, limits);
        Filter filter = parser.disjunction(false);
        parser.end("\"and\", \"or\" or the end of the filter");
        return filter;
    }

    /// The path of a PATCH operation; `invalidFilter` for what is wrong inside brackets, else `invalidPath`.
    public static PatchPath parsePatchPath(String text, FilterLimits limits) {
        FilterParser parser = of(text, "path", ScimProblem.Type.invalidPath, limits);
        PatchPath path = parser.patchPath();
        parser.end("the end of the path");
        return path;
    }

    private static FilterParser of(String text, String what, ScimProblem.Type type, FilterLimits limits) {
        if (text.length() > limits.length()) {
            throw ScimProblem.of(
                    type, "the " + what + " is longer than the " + limits.length() + " characters allowed");
        }
        return new FilterParser(new Tokens(text, what, type), limits);
    }

    private PatchPath patchPath() {
        AttributePath attribute = path();
        if (!tokens.accept('[')) {
            return new PatchPath(attribute, null, null);
        }
        tokens.blame(ScimProblem.Type.invalidFilter);
        Filter selector = selector(attribute);
        tokens.blame(ScimProblem.Type.invalidPath);
        return new PatchPath(attribute, selector, subOfMatch().orElse(null));
    }

    /// @param inElement true between brackets, where paths are sub-attributes and no second bracket may open
    private Filter disjunction(boolean inElement) {
        Filter left = conjunction(inElement);
        while (tokens.accept("or")) {
            left = new Or(left, conjunction(inElement));
        }
        return left;
    }

    private Filter conjunction(boolean inElement) {
        Filter left = factor(inElement);
        while (tokens.accept("and")) {
            left = new And(left, factor(inElement));
        }
        return left;
    }

    private Filter factor(boolean inElement) {
        if (tokens.accept('(')) {
            return group(inElement);
        }
        Word word = word();
        if (word.text().equalsIgnoreCase("not") && tokens.accept('(')) {
            return new Not(group(inElement));
        }
        AttributePath path = path(word);
        if (tokens.accept('[')) {
            if (inElement) {
                throw tokens.problem(word.column(), "a value filter cannot stand inside another");
            }
            return valuePath(path);
        }
        return clause(path);
    }

    /// What follows an opening parenthesis.
    private Filter group(boolean inElement) {
        deeper();
        Filter inner = disjunction(inElement);
        tokens.expect(')', "\"and\", \"or\" or \")\"");
        depth--;
        return inner;
    }

    private Filter valuePath(AttributePath path) {
        Filter inner = selector(path);
        Optional<String> sub = subOfMatch();
        return sub.isEmpty() ? new ValuePath(path, inner) : ofMatch(path, inner, clause(AttributePath.of(sub.get())));
    }

    /// What follows an opening bracket.
    private Filter selector(AttributePath path) {
        if (path.sub() != null) {
            throw tokens.problem(
                    tokens.peek().column(), "a value filter stands behind an attribute, not a sub-attribute");
        }
        deeper();
        Filter inner = disjunction(true);
        tokens.expect(']', "\"and\", \"or\" or \"]\"");
        depth--;
        return inner;
    }

    /// `attr[inner].sub clause`, as Entra ID writes it, in terms of the RFC's own grammar: one and the same
    /// element satisfies both. A negated comparison keeps the meaning it has on a plain multi-valued path: no
    /// such value.
    private static Filter ofMatch(AttributePath path, Filter inner, Filter clause) {
        if (clause instanceof Comparison(AttributePath sub, Operator operator, JsonNode literal)) {
            if (literal.isNull() && (operator == Operator.EQ || operator == Operator.NE)) {
                Filter present = new ValuePath(path, new And(inner, new Present(sub)));
                return operator == Operator.NE ? present : new Not(present);
            }
            if (operator == Operator.NE) {
                return new Not(new ValuePath(path, new And(inner, new Comparison(sub, Operator.EQ, literal))));
            }
        }
        return new ValuePath(path, new And(inner, clause));
    }

    private Filter clause(AttributePath path) {
        Token token = tokens.take();
        if (!(token instanceof Word word)) {
            throw tokens.expected(OPERATOR, token);
        }
        if (++clauses > limits.clauses()) {
            throw tokens.problem(token.column(), "more than the " + limits.clauses() + " comparisons allowed");
        }
        if (word.text().equalsIgnoreCase("pr")) {
            return new Present(path);
        }
        for (Operator operator : Operator.values()) {
            if (word.text().equalsIgnoreCase(operator.name())) {
                return new Comparison(path, operator, literal());
            }
        }
        throw tokens.expected(OPERATOR, token);
    }

    private JsonNode literal() {
        Token token = tokens.take();
        if (token instanceof Literal literal) {
            return literal.value();
        }
        if (token instanceof Word(String text, int column)) {
            return switch (text) {
                case "true" -> BooleanNode.TRUE;
                case "false" -> BooleanNode.FALSE;
                case "null" -> NullNode.getInstance();
                default -> throw tokens.problem(column, "expected " + VALUE + ", found a word without quotes");
            };
        }
        throw tokens.expected(VALUE, token);
    }

    /// The `.sub` that may follow a closing bracket, without a space on either side.
    private Optional<String> subOfMatch() {
        Token dot = tokens.peek();
        if (!tokens.accept('.')) {
            return Optional.empty();
        }
        Word sub = word();
        if (!AttributePath.attributeName(sub.text()) || sub.column() != dot.column() + 1) {
            throw tokens.problem(dot.column(), "expected the name of a sub-attribute right behind the dot");
        }
        return Optional.of(sub.text());
    }

    private AttributePath path() {
        return path(word());
    }

    private AttributePath path(Word word) {
        return AttributePath.read(word.text())
                .orElseThrow(() -> tokens.problem(word.column(), "expected " + AttributePath.EXPECTED));
    }

    private Word word() {
        Token token = tokens.take();
        if (token instanceof Word word) {
            return word;
        }
        throw tokens.expected("an attribute name", token);
    }

    private void deeper() {
        if (++depth > limits.depth()) {
            throw tokens.problem(
                    tokens.peek().column(), "nested deeper than the " + limits.depth() + " levels allowed");
        }
    }

    private void end(String wanted) {
        if (!(tokens.peek() instanceof End)) {
            throw tokens.expected(wanted, tokens.peek());
        }
    }
}
