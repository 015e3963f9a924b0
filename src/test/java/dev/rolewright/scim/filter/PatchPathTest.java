package dev.rolewright.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Filter.Comparison;
import dev.rolewright.scim.filter.Filter.Operator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatchPathTest {

    private static final Filter WORK = new Comparison(AttributePath.of("type"), Operator.EQ, TextNode.valueOf("work"));

    @Test
    void readsEveryShapeOfTheGrammar() {
        String urn = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

        assertThat(parse("active")).isEqualTo(new PatchPath(AttributePath.of("active"), null, null));
        assertThat(parse("name.familyName"))
                .isEqualTo(new PatchPath(AttributePath.of("name", "familyName"), null, null));
        assertThat(parse("emails[type eq \"work\"]")).isEqualTo(new PatchPath(AttributePath.of("emails"), WORK, null));
        assertThat(parse("emails[type eq \"work\"].value"))
                .isEqualTo(new PatchPath(AttributePath.of("emails"), WORK, "value"));
        assertThat(parse(urn + ":department"))
                .isEqualTo(new PatchPath(new AttributePath(urn, "department", null), null, null));
        assertThat(parse(urn + ":badges[type eq \"work\"].value"))
                .isEqualTo(new PatchPath(new AttributePath(urn, "badges", null), WORK, "value"));
        assertThat(parse(urn).attribute()).hasToString(urn);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | invalidPath | path, column 1: expected an attribute name, found the end",
                "a b | invalidPath | path, column 3: expected the end of the path, found a word",
                "a pr | invalidPath | path, column 3: expected the end of the path",
                "emails[type eq \"work\"] value | invalidPath | path, column 24: expected the end of the path",
                "emails[type eq \"work\"].value.x | invalidPath | path, column 23: expected the name of a sub-attribute",
                "emails[type eq \"work\"].value eq \"x\" | invalidPath | path, column 30: expected the end of the path",
                "emails[type] | invalidFilter | path, column 12: expected an operator",
                "emails[type eq work] | invalidFilter | path, column 16: expected a value",
                "emails[type eq \"work\" | invalidFilter | path, column 22: expected \"and\", \"or\" or \"]\", found the end",
                "emails.value[type pr] | invalidFilter | path, column 14: a value filter stands behind an attribute",
                "(emails) | invalidPath | path, column 1: expected an attribute name",
                "%% | invalidPath | path, column 1: a character that cannot stand"
            })
    void blamesTheFilterInsideBracketsAndThePathOutside(String text, ScimProblem.Type type, String detail) {
        assertThatThrownBy(() -> parse(text)).isInstanceOfSatisfying(ScimProblem.class, problem -> {
            assertThat(problem.type()).isEqualTo(type);
            assertThat(problem.detail()).startsWith(detail);
        });
    }

    @Test
    void printsWhatParsesBack() {
        for (String text : new String[] {
            "active", "name.familyName", "emails[type eq \"work\"]", "emails[type eq \"work\" and value pr].display"
        }) {
            assertThat(FilterPrinter.print(parse(text))).isEqualTo(text);
        }
    }

    private static PatchPath parse(String text) {
        return FilterParser.parsePatchPath(text, FilterLimits.STANDARD);
    }
}
