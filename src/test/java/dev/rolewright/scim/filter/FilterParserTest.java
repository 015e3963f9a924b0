package dev.rolewright.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Filter.And;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Not;
import dev.rolewright.scim.filter.Filter.Operator;
import dev.rolewright.scim.filter.Filter.Or;
import dev.rolewright.scim.filter.Filter.Present;
import dev.rolewright.scim.filter.Filter.ValuePath;
import java.math.BigDecimal;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class FilterParserTest {

    private static final FilterLimits LIMITS = new FilterLimits(500, 5, 3);

    private static final Filter A = new Present(AttributePath.of("a"));
    private static final Filter B = new Present(AttributePath.of("b"));
    private static final Filter C = new Present(AttributePath.of("c"));

    @ParameterizedTest
    @EnumSource(Operator.class)
    void readsEveryOperatorInAnyCase(Operator operator) {
        Filter expected = new Comparison(AttributePath.of("userName"), operator, TextNode.valueOf("ada"));
        String lower = operator.name().toLowerCase(Locale.ROOT);
        String mixed = operator.name().charAt(0) + lower.substring(1);

        assertThat(parse("userName " + lower + " \"ada\"")).isEqualTo(expected);
        assertThat(parse("userName " + mixed + " \"ada\"")).isEqualTo(expected);
        assertThat(parse("userName " + operator + " \"ada\"")).isEqualTo(expected);
    }

    @Test
    void readsPresenceInAnyCase() {
        assertThat(parse("a pr")).isEqualTo(A);
        assertThat(parse("a PR")).isEqualTo(A);
    }

    @Test
    void bindsNotBeforeAndBeforeOr() {
        assertThat(parse("a pr or b pr and c pr")).isEqualTo(new Or(A, new And(B, C)));
        assertThat(parse("a pr and b pr or c pr")).isEqualTo(new Or(new And(A, B), C));
        assertThat(parse("not (a pr) and b pr")).isEqualTo(new And(new Not(A), B));
        assertThat(parse("not (a pr) or b pr")).isEqualTo(new Or(new Not(A), B));
    }

    @Test
    void readsChainsFromTheLeft() {
        assertThat(parse("a pr and b pr and c pr")).isEqualTo(new And(new And(A, B), C));
        assertThat(parse("a pr or b pr or c pr")).isEqualTo(new Or(new Or(A, B), C));
    }

    @Test
    void groupsByParentheses() {
        assertThat(parse("(a pr or b pr) and c pr")).isEqualTo(new And(new Or(A, B), C));
        assertThat(parse("a pr and (b pr and c pr)")).isEqualTo(new And(A, new And(B, C)));
        assertThat(parse("((a pr))")).isEqualTo(A);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "not (a pr and b pr)",
                "not(a pr and b pr)",
                "NOT ( a pr AND b pr )",
                "  not\t(a  pr\nAnd\r\nb pr) ",
                "not ((a pr)and(b pr))"
            })
    void needsSpaceOnlyWhereWordsWouldRunTogether(String text) {
        assertThat(parse(text)).isEqualTo(new Not(new And(A, B)));
    }

    @Test
    void keywordsAreAttributeNamesWhereANameStands() {
        assertThat(parse("not pr and or pr")).isEqualTo(new And(present("not"), present("or")));
        assertThat(parse("pr pr or and eq true")).isEqualTo(new Or(present("pr"), comparison("and", BooleanNode.TRUE)));
    }

    @Test
    void readsEveryKindOfLiteral() {
        assertThat(parse("a eq true")).isEqualTo(comparison("a", BooleanNode.TRUE));
        assertThat(parse("a eq false")).isEqualTo(comparison("a", BooleanNode.FALSE));
        assertThat(parse("a eq null")).isEqualTo(comparison("a", NullNode.getInstance()));
        assertThat(parse("a eq 0")).isEqualTo(comparison("a", IntNode.valueOf(0)));
        assertThat(parse("a eq -0")).isEqualTo(comparison("a", IntNode.valueOf(0)));
        assertThat(parse("a eq -12")).isEqualTo(comparison("a", IntNode.valueOf(-12)));
        assertThat(parse("a eq 3000000000")).isEqualTo(comparison("a", LongNode.valueOf(3_000_000_000L)));
        assertThat(parse("a eq 1.50")).isEqualTo(comparison("a", decimal("1.5")));
        assertThat(parse("a eq 1.5E+2")).isEqualTo(comparison("a", IntNode.valueOf(150)));
        assertThat(parse("a eq 25e-1")).isEqualTo(comparison("a", decimal("2.5")));
        assertThat(parse("a eq 5.0")).isEqualTo(comparison("a", IntNode.valueOf(5)));
        assertThat(parse("a eq \"\"")).isEqualTo(comparison("a", TextNode.valueOf("")));
    }

    @Test
    void readsEveryEscapeOfAString() {
        String text = "a eq \"\\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9 \\u00E9 \\ud83d\\ude00 ü 😀 ) ] and\"";

        assertThat(parse(text))
                .isEqualTo(comparison("a", TextNode.valueOf("\" \\ / \b \f \n \r \t é é 😀 ü 😀 ) ] and")));
    }

    @Test
    void readsPathsWithUrnsDotsDashesAndDollars() {
        assertThat(parse("name.familyName pr")).isEqualTo(new Present(AttributePath.of("name", "familyName")));
        assertThat(parse("members.$ref pr")).isEqualTo(new Present(AttributePath.of("members", "$ref")));
        assertThat(parse("x-y_z9 pr")).isEqualTo(present("x-y_z9"));
        assertThat(parse("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value pr"))
                .isEqualTo(new Present(new AttributePath(
                        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User", "manager", "value")));
        assertThat(parse("http://example.org/acme/2.0/Person:badge pr"))
                .isEqualTo(new Present(new AttributePath("http://example.org/acme/2.0/Person", "badge", null)));
    }

    @Test
    void readsValuePathsWithEveryConnective() {
        Filter work = comparison("type", TextNode.valueOf("work"));
        Filter primary = comparison("primary", BooleanNode.TRUE);
        AttributePath emails = AttributePath.of("emails");

        assertThat(parse("emails[type eq \"work\"]")).isEqualTo(new ValuePath(emails, work));
        assertThat(parse("emails[type eq \"work\" and not (primary eq true) or value pr]"))
                .isEqualTo(new ValuePath(emails, new Or(new And(work, new Not(primary)), present("value"))));
        assertThat(parse("a pr and emails[(type eq \"work\")]")).isEqualTo(new And(A, new ValuePath(emails, work)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "emails[type eq \"work\"].value eq \"x\" | emails[type eq \"work\" and value eq \"x\"]",
                "emails[type eq \"work\"].value co \"x\" | emails[type eq \"work\" and value co \"x\"]",
                "emails[type eq \"work\"].value pr | emails[type eq \"work\" and value pr]",
                "emails[type eq \"work\"].value ne \"x\" | not (emails[type eq \"work\" and value eq \"x\"])",
                "emails[type eq \"work\"].value eq null | not (emails[type eq \"work\" and value pr])",
                "emails[type eq \"work\"].value ne null | emails[type eq \"work\" and value pr]",
                "emails[a pr or b pr].value sw \"x\" | emails[(a pr or b pr) and value sw \"x\"]",
                "emails[a pr].b pr or c pr | emails[a pr and b pr] or c pr"
            })
    void readsTheValueOfAMatchInTermsOfTheGrammar(String text, String meaning) {
        assertThat(parse(text)).isEqualTo(parse(meaning));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | 1 | an attribute name, found the end",
                "userName | 9 | an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr), found the end",
                "userName eq | 12 | a value (a quoted string, a number, true, false or null), found the end",
                "userName is \"x\" | 10 | an operator (eq, ne, co, sw, ew, gt, ge, lt, le or pr), found a word",
                "userName \"x\" | 10 | le or pr), found a quoted string",
                "userName=\"x\" | 1 | an attribute path such as userName",
                "externalId eq jyoung | 15 | found a word without quotes",
                "active eq True | 11 | found a word without quotes",
                "a eq \"x | 6 | this string has no closing quote",
                "a eq \"\\x\" | 7 | expected one of the escapes",
                "a eq \"\\ | 7 | expected one of the escapes",
                "a eq \"\\u12g4\" | 7 | expected four hexadecimal digits",
                "a eq \"\\u00e | 7 | expected four hexadecimal digits",
                "a eq \"\\u0000\" | 6 | this string holds U+0000 or half a surrogate pair",
                "a eq \"\\ud83d\" | 6 | this string holds U+0000 or half a surrogate pair",
                "a eq \"\\ude00\" | 6 | this string holds U+0000 or half a surrogate pair",
                "a eq \"\\ude00\\ud83d\" | 6 | this string holds U+0000 or half a surrogate pair",
                "a eq 01 | 6 | expected a JSON number",
                "a eq 1. | 6 | expected a JSON number",
                "a eq +1 | 6 | a character that cannot stand outside",
                "a eq 1x | 6 | expected a JSON number",
                "a eq 1e999999999 | 6 | expected a JSON number of at most 308 digits",
                "a eq 1e-999999999 | 6 | expected a JSON number of at most 308 digits",
                "a eq 1e9999999999 | 6 | expected a JSON number of at most 308 digits",
                "a pr b pr | 6 | expected \"and\", \"or\" or the end of the filter, found a word",
                "a pr) | 5 | expected \"and\", \"or\" or the end of the filter, found \")\"",
                "(a pr | 6 | expected \"and\", \"or\" or \")\", found the end",
                "(a pr] | 6 | expected \"and\", \"or\" or \")\", found \"]\"",
                "a pr and | 9 | an attribute name, found the end",
                "not a pr | 5 | an operator",
                "() | 2 | an attribute name, found \")\"",
                "a[b pr | 7 | expected \"and\", \"or\" or \"]\", found the end",
                "a[] | 3 | an attribute name, found \"]\"",
                "a[b[c pr]] | 3 | a value filter cannot stand inside another",
                "a.b[c pr] | 5 | a value filter stands behind an attribute, not a sub-attribute",
                "a[b pr].c | 10 | an operator",
                "a[b pr].c.d pr | 8 | the name of a sub-attribute right behind the dot",
                "a[b pr]. c pr | 8 | the name of a sub-attribute right behind the dot",
                "a[b pr].u:c pr | 8 | the name of a sub-attribute right behind the dot",
                "a. pr | 1 | an attribute path",
                "a.b.c pr | 1 | an attribute path",
                "a..b pr | 1 | an attribute path",
                "9a pr | 1 | expected a JSON number",
                "ä pr | 1 | a character that cannot stand outside",
                "a eq 'x' | 6 | a character that cannot stand outside",
                "urn: pr | 1 | an attribute path"
            })
    void saysWhereItStoppedUnderstandingAndWhatItExpected(String text, int column, String sentence) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(ScimProblem.class, problem -> {
            assertThat(problem.type()).isEqualTo(ScimProblem.Type.invalidFilter);
            assertThat(problem.status()).isEqualTo(400);
            assertThat(problem.detail())
                    .startsWith("filter, column " + column + ": ")
                    .contains(sentence);
        });
    }

    @Test
    void refusesAControlCharacterInAString() {
        assertThatThrownBy(() -> parse("a eq \"x\ny\""))
                .hasMessage("filter, column 8: a control character in a string is written as an escape");
    }

    @Test
    void neverRepeatsWhatTheClientTyped() {
        for (String text :
                new String[] {"a eq hunter2", "a eq \"hunter2", "hunter2", "a eq \"hunter2\" x", "hunter2%"}) {
            assertThatThrownBy(() -> parse(text))
                    .as(text)
                    .isInstanceOf(ScimProblem.class)
                    .message()
                    .doesNotContain("hunter2");
        }
    }

    @Test
    void holdsItsLimits() {
        assertThat(parse("a pr or a pr or a pr or a pr or a pr")).isInstanceOf(Or.class);
        assertThat(parse("(((a pr)))")).isEqualTo(A);
        assertThat(parse("((a pr)) and (((a pr))) and ((a[b pr]) or (a[b pr]))"))
                .as("side by side is not deep")
                .isInstanceOf(And.class);
        assertThat(parse("((emails[a pr]))")).isInstanceOf(ValuePath.class);

        assertThatThrownBy(() -> parse("a pr or a pr or a pr or a pr or a pr or a pr"))
                .hasMessage("filter, column 43: more than the 5 comparisons allowed");
        assertThatThrownBy(() -> parse("(((not (a pr))))"))
                .hasMessage("filter, column 9: nested deeper than the 3 levels allowed");
        assertThatThrownBy(() -> parse("(((emails[a pr])))"))
                .hasMessage("filter, column 11: nested deeper than the 3 levels allowed");
        assertThatThrownBy(() -> parse(" ".repeat(501)))
                .hasMessage("the filter is longer than the 500 characters allowed");
    }

    private static Filter parse(String text) {
        return FilterParser.parse(text, LIMITS);
    }

    private static Filter present(String name) {
        return new Present(AttributePath.of(name));
    }

    private static Filter comparison(String name, JsonNode literal) {
        return new Comparison(AttributePath.of(name), Operator.EQ, literal);
    }

    private static JsonNode decimal(String text) {
        return DecimalNode.valueOf(new BigDecimal(text));
    }
}
