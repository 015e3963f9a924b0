package dev.rolewright.scim.filter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.rolewright.scim.ScimProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AttributePathTest {

    private static final String ENTERPRISE = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    @Test
    void splitsAUrnAtTheLastColonOnly() {
        assertThat(AttributePath.parse("userName")).isEqualTo(AttributePath.of("userName"));
        assertThat(AttributePath.parse("name.givenName")).isEqualTo(AttributePath.of("name", "givenName"));
        assertThat(AttributePath.parse(ENTERPRISE + ":department"))
                .isEqualTo(new AttributePath(ENTERPRISE, "department", null));
        assertThat(AttributePath.parse(ENTERPRISE + ":manager.$ref"))
                .isEqualTo(new AttributePath(ENTERPRISE, "manager", "$ref"));
    }

    @Test
    void readsABareUrnThatCannotEndInAName() {
        assertThat(AttributePath.parse("urn:acme:people:2.0"))
                .isEqualTo(new AttributePath("urn:acme:people:2.0", "", null));
        assertThat(AttributePath.parse("http://acme.example/people"))
                .isEqualTo(new AttributePath("http://acme.example/people", "", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a",
                "$ref",
                "a-b_c9",
                "name.givenName",
                "urn:acme:x",
                "urn:acme:people:2.0",
                "urn:acme:2.0:people:a.b",
                "http://acme.example/people:a"
            })
    void printsWhatParsesBack(String text) {
        assertThat(AttributePath.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", " ", "a b", " a", "a,b", "a.", ".a", "a.b.c", "9a", "-a", "_a", "a[b pr]", ":a", "a:", "urn:", "é",
                "a\n", "9:a.b.c", "a b:c"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> AttributePath.parse(text))
                .isInstanceOfSatisfying(
                        ScimProblem.class,
                        problem -> assertThat(problem.type()).isEqualTo(ScimProblem.Type.invalidPath));
    }
}
