package dev.rolewright.web.scim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.rolewright.directory.Paging;
import dev.rolewright.scim.ScimProblem;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SearchRequestTest {

    private static final ScimConfig.Limits LIMITS =
            TestConfig.limits(Map.of("default-page-size", 10, "max-page-size", 50));
    private static final BodyReader READER = new BodyReader(LIMITS);

    @Test
    void asksForAPageOfEverybodyByDefault() {
        SearchRequest expected = new SearchRequest(null, null, false, new Paging.Index(1, 10), null, null);

        assertThat(url("")).isEqualTo(expected);
        assertThat(url("aadOptscim062020&sortBy=&attributes=&excludedAttributes=%20"))
                .isEqualTo(expected);
        assertThat(body("")).isEqualTo(expected);
        assertThat(body(",\"filter\":null,\"count\":null,\"cursor\":null,\"attributes\":null"))
                .isEqualTo(expected);
    }

    @Test
    void readsTheSameFromAUrlAndFromABody() {
        SearchRequest expected = new SearchRequest(
                "userName sw \"a\"",
                "name.familyName",
                true,
                new Paging.Index(11, 5),
                "userName,emails.value",
                "members");

        assertThat(url("filter=userName+sw+%22a%22&sortBy=name.familyName&sortOrder=Descending&startIndex=11&count=5"
                        + "&attributes=userName,emails.value&excludedAttributes=members"))
                .isEqualTo(expected);
        assertThat(body("""
                        ,"Filter":"userName sw \\"a\\"","sortby":"name.familyName","sortOrder":"descending","startIndex":11,\
                        "count":5,"attributes":["userName","emails.value"],"excludedAttributes":"members\"""")).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 1, 1",
        "-5, 3, 1, 3",
        "7, -1, 7, 0",
        "7, 0, 7, 0",
        "7, 51, 7, 50",
        "7, 99999999999999999999, 7, 50",
        "99999999999999999999, 5, 2147483647, 5",
        "-99999999999999999999, 5, 1, 5"
    })
    void bringsNumbersIntoTheirRange(String startIndex, String count, long readIndex, int readCount) {
        Paging expected = new Paging.Index(readIndex, readCount);

        assertThat(url("startIndex=" + startIndex + "&count=" + count).paging()).isEqualTo(expected);
        assertThat(body(",\"startIndex\":" + startIndex + ",\"count\":" + count).paging())
                .isEqualTo(expected);
        assertThat(body(",\"startIndex\":\"" + startIndex + "\",\"count\":\"" + count + "\"")
                        .paging())
                .isEqualTo(expected);
    }

    @Test
    void takesAnEmptyCursorForTheFirstPage() {
        assertThat(url("cursor").paging()).isEqualTo(new Paging.Cursor(null, 10));
        assertThat(url("cursor=&count=3").paging()).isEqualTo(new Paging.Cursor(null, 3));
        assertThat(url("cursor=Ab-_1.~&count=300").paging()).isEqualTo(new Paging.Cursor("Ab-_1.~", 50));
        assertThat(body(",\"cursor\":\"\"").paging()).isEqualTo(new Paging.Cursor(null, 10));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            sortOrder=upwards       | ,"sortOrder":"upwards"        | invalidValue
            startIndex=first        | ,"startIndex":1.5             | invalidValue
            count=many              | ,"count":"many"               | invalidValue
            count=                  | ,"count":true                 | invalidValue
            count=x&cursor          | ,"count":[],"cursor":""       | invalidCount
            cursor=x&startIndex=1   | ,"cursor":"x","startIndex":1  | invalidCursor
            filter=%zz              | ,"filter":7                   | invalidSyntax
            count=1&count=1         | ,"count":1,"Count":1          | invalidSyntax
            filter=%ff              | ,"fitler":"x"                 | invalidSyntax
            sortBy=%ff              | ,"sortBy":["a"]               | invalidSyntax
            attributes=%ff          | ,"attributes":[1]             | invalidSyntax
            attributes=%ff          | ,"attributes":{"a":1}         | invalidSyntax
            """)
    void refusesWhatItCannotRead(String url, String body, String type) {
        assertThat(catchThrowableOfType(ScimProblem.class, () -> url(url)).type())
                .hasToString(type);
        assertThat(catchThrowableOfType(ScimProblem.class, () -> body(body)).type())
                .hasToString(type);
    }

    @Test
    void refusesABodyThatIsNoSearch() {
        byte[] bytes = "{\"schemas\":[\"urn:x\"],\"filter\":\"userName pr\"}".getBytes(UTF_8);

        ScimProblem problem = catchThrowableOfType(
                ScimProblem.class, () -> SearchRequest.of(READER.parse(bytes, bytes.length), LIMITS));

        assertThat(problem.detail()).contains(SearchRequest.SCHEMA);
    }

    private static SearchRequest url(String query) {
        return SearchRequest.of(QueryString.parse(query), LIMITS);
    }

    private static SearchRequest body(String members) {
        byte[] bytes = ("{\"schemas\":[\"" + SearchRequest.SCHEMA + "\"]" + members + "}").getBytes(UTF_8);
        return SearchRequest.of(READER.parse(bytes, bytes.length), LIMITS);
    }
}
