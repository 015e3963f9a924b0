package dev.rolewright.web.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolewright.scim.ScimProblem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullAndEmptySource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryStringTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            filter=userName%20eq%20%22grace%40example.org%22 | userName eq "grace@example.org"
            filter=userName+eq+%22a%2Bb%22                   | userName eq "a+b"
            a=1&filter=x%20pr&b=2                            | x pr
            filter=name%20eq%20%22%C3%85%F0%9F%98%80%22      | name eq "Å😀"
            filter=a=b                                       | a=b
            filter                                           | ``
            filter=                                          | ``
            """)
    void decodesValues(String query, String filter) {
        assertThat(QueryString.parse(query).value("filter")).hasValue(filter);
    }

    @ParameterizedTest
    @NullAndEmptySource
    @ValueSource(strings = {"&", "&&=&", "x=%zz", "aadOptscim062020", "Filter=x", "%66ilter=x"})
    void ignoresWhatItDoesNotKnow(String query) {
        assertThat(QueryString.parse(query).value("filter")).isEmpty();
    }

    @Test
    void tellsAnEmptyCursorFromNone() {
        assertThat(QueryString.parse("cursor&count=10").value("cursor")).hasValue("");
        assertThat(QueryString.parse("count=10").value("cursor")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "filter=%",
                "filter=%4",
                "filter=%zz",
                "filter=%C3",
                "filter=%ff",
                "filter=%00",
                "filter=é",
                "filter=%ED%A0%80"
            })
    void refusesWhatIsNotEncodedText(String query) {
        ScimProblem problem = catchThrowableOfType(ScimProblem.class, () -> QueryString.parse(query));

        assertThat(problem.type()).isEqualTo(ScimProblem.Type.invalidSyntax);
        assertThat(problem.detail()).contains("filter");
    }

    @Test
    void refusesAParameterGivenTwice() {
        ScimProblem problem = catchThrowableOfType(ScimProblem.class, () -> QueryString.parse("count=1&count=2"));

        assertThat(problem.detail()).isEqualTo("The query parameter count is given twice.");
    }
}
