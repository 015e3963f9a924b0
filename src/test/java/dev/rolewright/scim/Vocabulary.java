package dev.rolewright.scim;

import java.util.List;
import java.util.Random;

/// The few values that generated documents and filters draw from, so that filters often match.
public record Vocabulary(List<String> texts, List<String> dateTimes, List<String> numbers) {

    private static final List<String> BINARIES = List.of("AAEC", "AAECAw==", "aaec", "aGVsbG8=", "/+8=");

    private static final List<String> URLS =
            List.of("https://example.org/a", "https://EXAMPLE.org/a", "https://example.org/a?b=%25&c=_", "../Users/7");

    /// Values about which there can be no two opinions: ASCII, not empty, milliseconds.
    public static final Vocabulary PLAIN = new Vocabulary(
            List.of(
                    "Ada",
                    "ada",
                    "ADA",
                    "Grace",
                    "grace hopper",
                    "Ad",
                    "work",
                    "home",
                    "W",
                    "a%b",
                    "a_b",
                    "axb",
                    "o'Brien",
                    "say \"hi\"",
                    "back\\slash",
                    "true",
                    "42",
                    "x",
                    "z-9"),
            List.of(
                    "2026-11-21T00:20:27.000000Z",
                    "2026-11-21T00:20:27.125000Z",
                    "2026-11-20T23:59:59.000000Z",
                    "2027-01-01T00:00:00.000000Z"),
            List.of("-3", "0", "1", "2", "10", "2.5", "-0.25", "1000000"));

    /// Everything that has two spellings, sorts oddly, means something to SQL or JSON, or is easily lost.
    public static final Vocabulary FULL = new Vocabulary(
            List.of(
                    "Ada",
                    "ada",
                    "ADA",
                    "Grace",
                    "grace hopper",
                    "Ad",
                    "",
                    " ",
                    "Zoë",
                    "ZOE\u0308",
                    "zoe",
                    "straße",
                    "STRASSE",
                    "ΟΔΟΣ",
                    "οδοςα",
                    "İstanbul",
                    "istanbul",
                    "\uD83D\uDE00",
                    "\uFF21",
                    "\uFF41",
                    "\uE000",
                    "\uD801\uDC00",
                    "\uD801\uDC28",
                    "a%b",
                    "a_b",
                    "axb",
                    "%",
                    "\\",
                    "\\%",
                    "o'Brien",
                    "';--",
                    "say \"hi\"",
                    "$1",
                    "?",
                    "{}",
                    "true",
                    "null",
                    "42",
                    "tab\there",
                    "line\nbreak",
                    "work",
                    "Work",
                    "home"),
            List.of(
                    "2026-11-21T00:20:27Z",
                    "2026-11-21T00:20:27.000Z",
                    "2026-11-21T01:20:27+01:00",
                    "2026-11-21T00:20:27.1234567Z",
                    "2026-11-21T00:20:27.123456Z",
                    "2026-11-20T24:00:00Z",
                    "2026-11-21T00:00:00Z",
                    "0001-01-01T00:00:00Z",
                    "9999-12-31T23:59:59.999999Z"),
            List.of(
                    "-3",
                    "0",
                    "1",
                    "2",
                    "10",
                    "2.5",
                    "-0.25",
                    "2147483648",
                    "-9223372036854775809",
                    "0.1",
                    "0.10000000000000000001",
                    "1e30"));

    public String text(Random random) {
        return pick(texts, random);
    }

    public String dateTime(Random random) {
        return pick(dateTimes, random);
    }

    public String number(Random random) {
        return pick(numbers, random);
    }

    public String binary(Random random) {
        return pick(BINARIES, random);
    }

    public String url(Random random) {
        return pick(URLS, random);
    }

    static <T> T pick(List<T> choices, Random random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
