package dev.rolewright.web.scim;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.rolewright.scim.ScimProblem;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BodyReaderTest {

    private static final BodyReader READER = new BodyReader(TestConfig.limits(
            Map.of("body-bytes", 40_000, "depth", 4, "string-length", 20_000, "name-length", 50, "number-length", 30)));

    @Test
    void readsEveryKindOfValue() throws IOException {
        ObjectNode body = read("""
                {"text":"Ådå 😀","yes":true,"no":false,"none":null,"int":-7,"long":9876543210,
                 "big":123456789012345678901234567,"decimal":1.50,"list":[1,[2]],"object":{"in":{}}}""");

        assertThat(body.get("text").textValue()).isEqualTo("Ådå 😀");
        assertThat(body.get("yes").booleanValue()).isTrue();
        assertThat(body.get("no").booleanValue()).isFalse();
        assertThat(body.get("none").isNull()).isTrue();
        assertThat(body.get("int").isInt()).isTrue();
        assertThat(body.get("long").longValue()).isEqualTo(9_876_543_210L);
        assertThat(body.get("big").bigIntegerValue()).hasToString("123456789012345678901234567");
        assertThat(body.get("decimal").decimalValue()).isEqualTo(new BigDecimal("1.50"));
        assertThat(body.get("list").get(1).get(0).intValue()).isEqualTo(2);
        assertThat(body.get("object").get("in").isEmpty()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                          | is empty
            '   '                       | is empty
            '[]'                        | is not a JSON object at line 1, column 1
            '"text"'                    | is not a JSON object
            'null'                      | is not a JSON object
            'nonsense'                  | is not valid JSON at line 1
            '{'                         | is not valid JSON
            '{"a"}'                     | is not valid JSON at line 1, column 5
            '{"a":1,}'                  | is not valid JSON
            '{"a":01}'                  | is not valid JSON
            '{"a":NaN}'                 | is not valid JSON
            '{"a":''x''}'               | is not valid JSON
            '{"a":[1,2}'                | is not valid JSON
            '{"a":1} {}'                | goes on after its JSON object at line 1, column 9
            '{"a":1}]'                  | is not valid JSON
            '{"a":1,"b":2,"a":3}'       | has a member twice
            '{"a":{"b":{"c":{"d":{}}}}}' | nests deeper than 4 levels
            '{"a":[[[[1]]]]}'           | nests deeper than 4 levels
            '{"a":"\\u0000"}'           | cannot be kept
            '{"\\u0000":1}'             | cannot be kept
            '{"a":"\\ud800"}'           | cannot be kept
            '{"a":"\\ud800x"}'          | cannot be kept
            '{"a":"\\udc00"}'           | cannot be kept
            '{"a":1e4000}'              | exponent is out of range
            '{"a":1e-99999}'            | exponent is out of range
            '{"a":1e999999999}'         | exponent is out of range
            '{"a":1e-4110673613}'       | exponent is out of range
            '{"a":1.5e+99999999999999}' | exponent is out of range
            """)
    void refusesWhatIsNotOneSoundObject(String body, String fault) {
        ScimProblem problem = refusal(body.getBytes(UTF_8));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.type()).isEqualTo(ScimProblem.Type.invalidSyntax);
        assertThat(problem.detail()).contains(fault);
    }

    @Test
    void takesAsManyLevelsAsAllowed() throws IOException {
        assertThat(read("{\"a\":{\"b\":[{\"d\":1}]}}").at("/a/b/0/d").intValue())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"string", "name", "number"})
    void refusesWhatIsTooLong(String kind) {
        String body = switch (kind) {
            case "string" -> "{\"a\":\"" + "x".repeat(20_001) + "\"}";
            case "name" -> "{\"" + "n".repeat(51) + "\":1}";
            default -> "{\"a\":" + "1".repeat(31) + "}";
        };

        ScimProblem problem = refusal(body.getBytes(UTF_8));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.detail()).contains("longer than allowed");
    }

    @Test
    void neverRepeatsAValue() {
        assertThat(refusal("{\"password\":\"hunter2\" \"x\"}".getBytes(UTF_8)).detail())
                .doesNotContain("hunter2");
        assertThat(refusal("{\"password\":hunter2}".getBytes(UTF_8)).detail()).doesNotContain("hunter2");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 40_000, 5_000_000})
    void refusesABodyThatIsTooLarge(int announced) throws IOException {
        byte[] body = ("{\"a\":\"" + "x".repeat(15_000) + "\",\"b\":\"" + "x".repeat(19_000) + "\",\"c\":\""
                        + "x".repeat(6_000) + "\"}")
                .getBytes(UTF_8);

        ScimProblem problem =
                catchThrowableOfType(ScimProblem.class, () -> READER.read(new ByteArrayInputStream(body), announced));

        assertThat(problem.status()).isEqualTo(413);
        assertThat(problem.detail()).contains("40000");
    }

    @Test
    void readsABodyOfExactlyTheAllowedSize() throws IOException {
        String frame = "{\"a\":\"" + "x".repeat(19_000) + "\",\"b\":\"" + "x".repeat(19_000) + "\"}";
        String body = frame + " ".repeat(40_000 - frame.length());

        assertThat(READER.read(new ByteArrayInputStream(body.getBytes(UTF_8)), -1)
                        .size())
                .isEqualTo(2);
        assertThat(READER.read(new ByteArrayInputStream(body.getBytes(UTF_8)), 40_000)
                        .size())
                .isEqualTo(2);
    }

    @Test
    void readsABodyThatTrickles() throws IOException {
        byte[] bytes = ("{\"a\":\"" + "x".repeat(17_000) + "\"}").getBytes(UTF_8);
        InputStream slow = new FilterInputStream(new ByteArrayInputStream(bytes)) {
            @Override
            public int read(byte[] into, int offset, int length) throws IOException {
                return super.read(into, offset, Math.min(length, 7));
            }
        };

        assertThat(READER.read(slow, bytes.length).get("a").textValue()).hasSize(17_000);
    }

    @Test
    void refusesBytesThatAreNotUtf8() {
        assertThat(refusal(new byte[] {'{', '"', 'a', '"', ':', '"', (byte) 0xC3, '"', '}'})
                        .status())
                .isEqualTo(400);
        assertThat(refusal(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 0, 1}).status())
                .isEqualTo(400);
    }

    private static ObjectNode read(String body) throws IOException {
        return READER.read(new ByteArrayInputStream(body.getBytes(UTF_8)), -1);
    }

    private static ScimProblem refusal(byte[] body) {
        return catchThrowableOfType(ScimProblem.class, () -> READER.read(new ByteArrayInputStream(body), body.length));
    }
}
