package dev.rolewright.contract;

import dev.rolewright.model.RoleName;
import dev.rolewright.model.Suggestion;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The single values of the language.
final class Words {

    private static final Pattern PERCENT = Pattern.compile("(100|[0-9]{1,2})%");

    /// As the JSON Schema has it; Java alone would take signs, fractions and lower case too.
    private static final Pattern LENGTH_OF_TIME =
            Pattern.compile("P(?!$)([0-9]+D)?(T(?=[0-9])([0-9]+H)?([0-9]+M)?([0-9]+S)?)?");

    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final Set<String> OTHERS_NAMES = Set.of("public", "none");
    private static final String EVERY = "*";
    private static final int LONGEST_NAME = 63;
    private static final Duration LONGEST = Duration.ofDays(3_660);

    private Words() {}

    /// One of an enum's names as the contract spells them: lower case, with hyphens.
    static <E extends Enum<E>> Function<String, E> oneOf(Class<E> type) {
        return text -> find(type, text)
                .orElseThrow(() ->
                        new Misspelt("\"" + text + "\" is not possible here.", Suggestion.of(text, spellings(type))));
    }

    static <E extends Enum<E>> List<String> spellings(Class<E> type) {
        return Arrays.stream(type.getEnumConstants()).map(Words::spelling).toList();
    }

    static String spelling(Enum<?> word) {
        return word.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static <E extends Enum<E>> Optional<E> find(Class<E> type, String text) {
        return Arrays.stream(type.getEnumConstants())
                .filter(word -> spelling(word).equals(text))
                .findFirst();
    }

    /// A name that is defined somewhere in the contract.
    static <T> Function<String, T> defined(String what, Collection<String> names, Function<String, T> convert) {
        return text -> {
            if (!names.contains(text)) {
                throw new Misspelt("There is no " + what + " \"" + text + "\".", Suggestion.of(text, names));
            }
            return convert.apply(text);
        };
    }

    /// The name of something that the contract does not define, such as a database or a schema.
    static String name(String text) {
        if (text.contains(EVERY)) {
            throw new Misspelt("A name has no *.", "Write the names one by one.");
        }
        if (text.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new Misspelt(
                    "A name has at most " + LONGEST_NAME + " bytes; a server cuts longer ones and means another thing.",
                    "Shorten it.");
        }
        return text;
    }

    /// The name of a schema in which something may be granted.
    static String schemaName(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        if (folded.startsWith("pg_") || folded.equals("information_schema")) {
            throw new Misspelt(
                    "Schema \"" + text + "\" belongs to the server; who may do something there may become superuser.",
                    "Grant what is needed on objects of your own.");
        }
        return name(text);
    }

    /// The name of a role that we make, or of one that we may give things to.
    static RoleName roleName(String text) {
        boolean possible = !text.isEmpty() && text.length() <= LONGEST_NAME && text.indexOf('\0') < 0;
        RoleName name = new RoleName(possible ? text : "?");
        if (!name.isPlain() || Predefined.isName(text) || OTHERS_NAMES.contains(name.folded())) {
            throw new Misspelt(
                    "\"" + text + "\" cannot be the name of a role of ours.",
                    "Use at most 63 letters, digits and _ . - @ + $; public, none, postgres, pg_… and the like belong to"
                            + " the server.");
        }
        if (name.folded().startsWith("rolewright_")) {
            throw new Misspelt("\"" + text + "\" is a name that we use ourselves.", "Choose another beginning.");
        }
        return name;
    }

    static Duration duration(String text) {
        try {
            if (!LENGTH_OF_TIME.matcher(text).matches()) {
                throw new DateTimeException(text);
            }
            Duration duration = Duration.parse(text);
            if (duration.isNegative() || duration.compareTo(LONGEST) > 0) {
                throw new Misspelt("A time is between 0 and ten years.", "Write something like P30D or PT8H.");
            }
            return duration;
        } catch (DateTimeException e) {
            throw new Misspelt(
                    "\"" + text + "\" is not a length of time.",
                    "Write days as P30D and hours as PT8H; months and years have no fixed length.");
        }
    }

    static Duration someTime(String text) {
        Duration duration = duration(text);
        if (duration.isZero()) {
            throw new Misspelt("This time may not be zero.", "Write something like P30D or PT8H.");
        }
        return duration;
    }

    static LocalDate date(String text) {
        try {
            if (!DAY.matcher(text).matches()) {
                throw new DateTimeException(text);
            }
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw new Misspelt("\"" + text + "\" is not a day.", "Write year, month and day: 2027-03-31.");
        }
    }

    static int percent(String text) {
        Matcher percent = PERCENT.matcher(text);
        if (!percent.matches()) {
            throw new Misspelt("\"" + text + "\" is not a share.", "Write something between \"0%\" and \"100%\".");
        }
        return Integer.parseInt(percent.group(1));
    }
}
