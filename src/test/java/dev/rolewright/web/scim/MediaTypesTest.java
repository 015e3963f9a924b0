package dev.rolewright.web.scim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolewright.scim.ScimProblem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MediaTypesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/scim+json",
                "application/json",
                "application/scim+json; charset=utf-8",
                "application/json;charset=\"UTF-8\"",
                "application/json; charset=US-ASCII",
                "Application/SCIM+JSON ; x=y",
                "",
                "  "
            })
    void understandsJson(String contentType) {
        assertThatCode(() -> MediaTypes.requireJson(contentType)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/json;charset=ISO-8859-1", "application/scim+json; q=1; Charset = \"utf-16\""})
    void refusesWhatIsNotWrittenInUtf8(String contentType) {
        ScimProblem problem = catchThrowableOfType(ScimProblem.class, () -> MediaTypes.requireJson(contentType));

        assertThat(problem.status()).isEqualTo(415);
    }

    @Test
    void refusesWhatIsPacked() {
        assertThatCode(() -> MediaTypes.requirePlain(null)).doesNotThrowAnyException();
        assertThatCode(() -> MediaTypes.requirePlain(" Identity ")).doesNotThrowAnyException();
        assertThat(catchThrowableOfType(ScimProblem.class, () -> MediaTypes.requirePlain("gzip"))
                        .status())
                .isEqualTo(415);
    }

    @Test
    void understandsABodyWithoutAType() {
        assertThatCode(() -> MediaTypes.requireJson(null)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/plain", "application/xml", "application/x-www-form-urlencoded", "json", "*/*", ";"})
    void refusesOtherBodies(String contentType) {
        ScimProblem problem = catchThrowableOfType(ScimProblem.class, () -> MediaTypes.requireJson(contentType));

        assertThat(problem.status()).isEqualTo(415);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/scim+json",
                "application/json",
                "*/*",
                "application/*",
                "text/html, application/xhtml+xml, */*;q=0.1",
                "text/plain;q=0.9,application/json;q=0.001",
                "*; q=.2",
                "",
                " , "
            })
    void answersWhoeverCouldTakeIt(String accept) {
        assertThatCode(() -> MediaTypes.requireAcceptable(List.of(accept))).doesNotThrowAnyException();
    }

    @Test
    void answersWhoeverDoesNotSay() {
        assertThatCode(() -> MediaTypes.requireAcceptable(List.of())).doesNotThrowAnyException();
        assertThatCode(() -> MediaTypes.requireAcceptable(List.of("text/html", "application/json")))
                .doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"text/html", "application/xml, image/*", "application/json;q=0", "*/*; q=0.000"})
    void refusesWhoeverCouldNotTakeIt(String accept) {
        ScimProblem problem =
                catchThrowableOfType(ScimProblem.class, () -> MediaTypes.requireAcceptable(List.of(accept)));

        assertThat(problem.status()).isEqualTo(406);
    }
}
