package dev.rolewright.web;

import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Reads query and path parameters, and says which one is wrong and how it should look: with a [ParameterProblem].
public final class Parameters {

    private static final int DEFAULT_LIMIT = 100;
    private static final int HIGHEST_LIMIT = 1_000;

    private static final Duration LONGEST = Duration.ofDays(3_650);
    private static final int FIRST_YEAR = 1;
    private static final int LAST_YEAR = 9_999;

    private Parameters() {}

    /// How many items a page may hold.
    public static int limit(@Nullable String text) {
        return text == null ? DEFAULT_LIMIT : (int) number("limit", text, 1, HIGHEST_LIMIT);
    }

    /// The number by which something is known.
    public static long number(String name, String text) {
        return number(name, text, 0, Long.MAX_VALUE);
    }

    public static long number(String name, String text, long lowest, long highest) {
        try {
            long number = Long.parseLong(text);
            if (lowest <= number && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            // answered below, together with numbers out of range
        }
        throw new ParameterProblem(name + " must be a whole number from " + lowest + " to " + highest + ".");
    }

    /// Where the part of a list begins that runs from newer to older.
    public static @Nullable Long olderThan(@Nullable String text) {
        return text == null ? null : number("olderThan", text, 1, Long.MAX_VALUE);
    }

    public static boolean flag(String name, @Nullable String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            case null -> false;
            default -> throw new ParameterProblem(name + " must be true or false.");
        };
    }

    /// One of the values of a type, written as answers write it; empty when nothing was said.
    public static <E extends Enum<E>> Optional<E> oneOf(Class<E> type, String name, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        for (E value : type.getEnumConstants()) {
            if (value.name().equals(text)) {
                return Optional.of(value);
            }
        }
        throw new ParameterProblem(name + " must be one of "
                + Arrays.stream(type.getEnumConstants()).map(Enum::name).collect(Collectors.joining(", ")) + ".");
    }

    public static Optional<UUID> id(String name, @Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            UUID id = UUID.fromString(text);
            if (id.toString().equalsIgnoreCase(text)) { // Java also reads ids with digits left out
                return Optional.of(id);
            }
        } catch (IllegalArgumentException e) {
            // answered below
        }
        throw new ParameterProblem(name + " must be an id, such as 2819c223-7f76-453a-919d-413861904646.");
    }

    public static Optional<PersonId> person(@Nullable String text) {
        return id("person", text).map(PersonId::new);
    }

    /// The name of a target as a filter; a name that none can have is a mistake.
    public static Optional<TargetName> target(@Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return Optional.of(
                TargetName.of(text).orElseThrow(() -> new ParameterProblem("target must be the name of a target.")));
    }

    /// A time from now on, of ten years at most.
    public static Optional<Duration> duration(String name, @Nullable String text) {
        return duration(name, text, LONGEST);
    }

    /// A time from now on.
    ///
    /// @param longest whole days
    public static Optional<Duration> duration(String name, @Nullable String text, Duration longest) {
        if (text == null) {
            return Optional.empty();
        }
        try {
            Duration duration = Duration.parse(text);
            if (duration.isPositive() && duration.compareTo(longest) <= 0) {
                return Optional.of(duration);
            }
        } catch (DateTimeException e) {
            // answered below, together with what is too long
        }
        throw new ParameterProblem(
                name + " must be a duration of at most P" + longest.toDays() + "D, such as P5D or PT4H.");
    }

    public static @Nullable Instant instant(String name, @Nullable String text) {
        if (text == null) {
            return null;
        }
        try {
            OffsetDateTime moment = OffsetDateTime.parse(text);
            if (FIRST_YEAR <= moment.getYear() && moment.getYear() <= LAST_YEAR) {
                return moment.toInstant();
            }
        } catch (DateTimeException e) {
            // answered below, together with years that no store keeps
        }
        throw new ParameterProblem(name + " must be a date and time with an offset, such as 2026-11-21T08:00:00Z.");
    }
}
