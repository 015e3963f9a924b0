package dev.rolewright.scim.schema;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Points in time as text (RFC 7643 §2.3.5, xsd:dateTime), in one form of fixed width whose text order is
/// time order: `2026-11-21T00:20:27.123456Z`.
///
/// Always UTC, always microseconds, because that is what the store's timestamps can tell apart; finer digits
/// are cut off. A time without an offset is refused: nobody knows which instant it means. Years run from 0001
/// to 9999.
public final class DateTimes {

    private static final Pattern XSD = Pattern.compile(
            "([0-9]{4})-([0-9]{2})-([0-9]{2})T([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\\.([0-9]+))?"
                    + "(?:Z|([+-])([0-9]{2}):([0-9]{2}))",
            Pattern.CASE_INSENSITIVE);

    private static final int FRACTION_DIGITS = 6;

    private DateTimes() {}

    /// The one form of that point in time; empty when the text is none with an offset.
    public static Optional<String> canonical(String text) {
        Matcher parts = XSD.matcher(text);
        if (!parts.matches()) {
            return Optional.empty();
        }
        try {
            return Optional.of(local(parts).minusSeconds(offset(parts)))
                    .filter(DateTimes::fourDigitYear)
                    .map(DateTimes::written);
        } catch (DateTimeException outOfRange) {
            return Optional.empty();
        }
    }

    /// The one form of an instant; one of a year that has no four digits is written as it is.
    public static String canonical(Instant instant) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(instant.getEpochSecond(), instant.getNano(), ZoneOffset.UTC);
        return fourDigitYear(time) ? written(time) : instant.toString();
    }

    /// By hand: every resource shows two of them, and the formatter of the platform takes longer over one than
    /// a small resource takes to be written.
    private static String written(LocalDateTime time) {
        byte[] text = "0000-00-00T00:00:00.000000Z".getBytes(ISO_8859_1);
        digits(text, 0, 4, time.getYear());
        digits(text, 5, 2, time.getMonthValue());
        digits(text, 8, 2, time.getDayOfMonth());
        digits(text, 11, 2, time.getHour());
        digits(text, 14, 2, time.getMinute());
        digits(text, 17, 2, time.getSecond());
        digits(text, 20, FRACTION_DIGITS, time.getNano() / 1_000);
        return new String(text, ISO_8859_1);
    }

    private static void digits(byte[] text, int at, int count, int value) {
        int rest = value;
        for (int i = at + count - 1; i >= at; i--) {
            text[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    private static LocalDateTime local(Matcher parts) {
        int hour = number(parts, 4);
        int minute = number(parts, 5);
        int second = number(parts, 6);
        int micros = micros(parts.group(7));
        // The end of a day has two names (XML Schema part 2 §3.2.7).
        boolean endOfDay = hour == 24 && minute == 0 && second == 0 && micros == 0;
        LocalDateTime time = LocalDateTime.of(
                number(parts, 1),
                number(parts, 2),
                number(parts, 3),
                endOfDay ? 0 : hour,
                minute,
                second,
                micros * 1_000);
        return endOfDay ? time.plusDays(1) : time;
    }

    private static int micros(@Nullable String fraction) {
        String digits = fraction == null ? "" : fraction;
        return Integer.parseInt((digits + "0".repeat(FRACTION_DIGITS)).substring(0, FRACTION_DIGITS));
    }

    private static int offset(Matcher parts) {
        if (parts.group(8) == null) {
            return 0;
        }
        int hours = number(parts, 9);
        int minutes = number(parts, 10);
        if (minutes > 59 || hours * 60 + minutes > 14 * 60) {
            throw new DateTimeException("an offset is at most 14 hours");
        }
        int seconds = (hours * 60 + minutes) * 60;
        return "-".equals(parts.group(8)) ? -seconds : seconds;
    }

    private static boolean fourDigitYear(LocalDateTime time) {
        return time.getYear() >= 1 && time.getYear() <= 9999;
    }

    private static int number(Matcher parts, int group) {
        return Integer.parseInt(parts.group(group));
    }
}
