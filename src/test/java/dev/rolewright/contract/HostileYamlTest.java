package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What a reviewer sees is what is meant: YAML that reads otherwise than it looks, or never ends, is refused.
class HostileYamlTest {

    private static final String HEAD = "contract: 1\nenvironments: {e: {}}\n";
    private static final String HIDDEN = "Here stands a character that nobody sees: ";
    private static final String ANCHOR = "A contract has no anchors.";
    private static final String NUMBER = "\"atLeast\" is a whole number.";

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments("# a\0b\n", "3:4", HIDDEN + "U+0000."),
                arguments("# a\u202eb\n", "3:4", HIDDEN + "U+202E."),
                arguments("# a\u2066b\n", "3:4", HIDDEN + "U+2066."),
                arguments("# \uD83D\uDE00\u200bb\n", "3:4", HIDDEN + "U+200B."),
                arguments("#x\u0085brakes: {atLeast: 1000}\n", "3:3", HIDDEN + "U+0085."),
                arguments("#x\u2028brakes: {atLeast: 1000}\n", "3:3", HIDDEN + "U+2028."),
                arguments("#x\rbrakes: {atLeast: 1000}\n", "3:3", HIDDEN + "U+000D."),
                arguments("# \uFEFF\n", "3:3", HIDDEN + "U+FEFF."),
                arguments("\tbrakes: {}\n", "2:21", "This is not YAML: while scanning for the next token."),
                arguments("protected: {logins: [&all x]}\n", "3:22", ANCHOR),
                arguments("protected: {logins: &all [x]}\n", "3:21", ANCHOR),
                arguments("protected: &all {logins: [x]}\n", "3:12", ANCHOR),
                arguments("&key brakes: {}\n", "3:1", ANCHOR),
                arguments("!!str brakes: {}\n", "3:1", "A contract has no tags."),
                arguments("? {a: b}\n: c\n", "3:4", "This is not YAML."),
                arguments("brakes: {<<: {atLeast: 3}}\n", "3:10", "A brakes has no key \"<<\"."),
                arguments("brakes: {atLeast: 010}\n", "3:19", NUMBER),
                arguments("brakes: {atLeast: 1_0}\n", "3:19", NUMBER),
                arguments("brakes: {atLeast: 1:30}\n", "3:19", NUMBER),
                arguments("brakes: {atLeast: 0x10}\n", "3:19", NUMBER),
                arguments("brakes: {atLeast: 3.0}\n", "3:19", NUMBER),
                arguments("brakes: {atLeast: " + "9".repeat(5_000) + "}\n", "3:19", NUMBER),
                arguments("---\n" + HEAD, "4:1", "A file has one document."),
                arguments("---\n{[\n", "4:1", "A file has one document."),
                arguments("roles: " + "[".repeat(100_000), "3:24", "Nothing in a contract lies that deep."),
                arguments(
                        "roles: " + "[".repeat(900) + "]".repeat(900), "3:24", "Nothing in a contract lies that deep."),
                arguments("roles: " + "{a: ".repeat(100_000), "3:72", "Nothing in a contract lies that deep."));
    }

    @ParameterizedTest
    @MethodSource
    void refused(String text, String at, String sentence) {
        Reading reading = Contracts.read(HEAD + text);

        assertThat(reading.contract()).isEmpty();
        assertThat(reading.findings().getFirst().toString()).startsWith("a.yaml:" + at + ": error: " + sentence);
        assertThat(reading.findings().getFirst().fix()).isNotBlank();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\0", "\\e[31m", "\\u202e", "\\uD800", "\\u2029", "\\x7f"})
    void noValueHasWhatNobodySees(String escape) {
        for (String piece : new String[] {
            "purpose: Approve orders",
            "owner: data-team",
            "displayName: db-analysts",
            "externalId: \"4711\"",
            "matches: \"db-*-contractors\"",
            "table: approvals",
            "using: \"region = 'EU'\"",
            "createdBy: [orders_owner]",
            "name: leads approve"
        }) {
            String key = piece.substring(0, piece.indexOf(':'));
            String value = "\"x" + escape + "\"";

            assertThat(Contracts.findings(piece, key + ": " + (piece.contains("[") ? "[" + value + "]" : value)))
                    .as(piece)
                    .anyMatch(it -> it.isError()
                            && it.sentence().startsWith("\"" + key + "\" has a character that nobody sees: U+"));
        }
    }

    @Test
    void takesWhatEditorsWrite() {
        String digest = Contracts.contract(Contracts.WHOLE).digest();

        for (String same : new String[] {
            "\uFEFF" + Contracts.WHOLE,
            Contracts.WHOLE.replace("\n", "\r\n"),
            "%YAML 1.1\n---\n" + Contracts.WHOLE + "...\n# the end\n",
            Contracts.WHOLE + "# 10,000 ¥ für 日本語 & \uD83D\uDE00\n"
        }) {
            assertThat(Contracts.contract(same).digest()).isEqualTo(digest);
        }
    }

    @Test
    void quotesNoMoreThanSomebodyReads() {
        assertThat(Contracts.findings("\"app_*\"", "\"" + "x".repeat(3_000_000) + "\""))
                .allMatch(it -> it.sentence().length() < 500 && it.fix().length() < 500);
    }
}
