package dev.rolewright.contract;

import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.TargetName;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Gives people the names of their logins.
///
/// Who has a name keeps it. A new name is the template's, folded to plain letters. It gets a mark of the person's own
/// behind it when it had to be cut or lost letters, looks like another person's, or belongs to somebody else; so no
/// order in which people arrive together changes who is called what.
final class LoginNames {

    private static final int LONGEST = 63;
    private static final int MARK = 8;
    private static final int LONGER_MARK = 24;

    private static final Set<String> RESERVED = Set.of(
            "public",
            "none",
            "user",
            "current_user",
            "current_role",
            "session_user",
            "system_user",
            "postgres",
            "root",
            "admin",
            "administrator",
            "superuser",
            "sa",
            "dba",
            "mysql",
            "mariadb.sys",
            "cassandra",
            "rdsadmin",
            "rolewright");

    private static final List<String> RESERVED_BEGINNINGS =
            List.of("pg_", "rolewright_", "rds_", "cloudsql", "alloydb", "azure_", "neon_", "supabase_");

    private static final Map<String, String> LETTERS =
            Map.of("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "ł", "l", "þ", "th", "ı", "i");

    private final Contract contract;
    private final Set<String> others;

    /// For one target; services and contract roles share its names.
    LoginNames(Contract contract, TargetName target) {
        this.contract = contract;
        this.others = new HashSet<>();
        contract.roles().keySet().stream().map(RoleName::folded).forEach(others::add);
        contract.target(target).heir().map(RoleName::folded).ifPresent(others::add);
        contract.services().forEach(service -> others.add(service.name()));
    }

    /// Names for those who have none yet. Somebody for whom every name is protected is left out.
    ///
    /// @param existing the names of everybody on the target
    Map<PersonId, LoginName> assign(Collection<Person> people, Map<PersonId, LoginName> existing) {
        List<Person> newcomers = people.stream()
                .filter(person -> !existing.containsKey(person.id()))
                .sorted(Comparator.comparing(Person::id))
                .toList();
        return newcomers.isEmpty() ? Map.of() : assign(newcomers, existing.values());
    }

    /// Whether a login may have, or keep, such a name.
    boolean isFree(LoginName name) {
        return isFree(name.value());
    }

    private Map<PersonId, LoginName> assign(List<Person> newcomers, Collection<LoginName> existing) {
        Set<String> looks = new HashSet<>();
        existing.forEach(name -> looks.add(look(name.value())));
        Map<PersonId, Slug> slugs = new HashMap<>();
        Map<String, Integer> wishes = new HashMap<>();
        newcomers.forEach(person -> {
            Slug slug = slug(person);
            slugs.put(person.id(), slug);
            wishes.merge(look(slug.text()), 1, Integer::sum);
        });
        Map<PersonId, LoginName> names = new HashMap<>();
        for (Person person : newcomers) {
            Slug slug = slugs.getOrDefault(person.id(), Slug.NOTHING);
            boolean alone = wishes.getOrDefault(look(slug.text()), 0) == 1;
            candidates(slug, alone, person.id())
                    .filter(name -> isFree(name) && looks.add(look(name)))
                    .findFirst()
                    .ifPresent(name -> names.put(person.id(), new LoginName(name)));
        }
        return names;
    }

    private static Stream<String> candidates(Slug slug, boolean alone, PersonId person) {
        String digest = Digest.of(person.toString());
        String mark = digest.substring(0, MARK);
        Stream<String> plain = slug.whole() && alone ? Stream.of(slug.text()) : Stream.of();
        return Stream.concat(
                plain,
                Stream.of(
                        marked(slug.text(), mark),
                        marked("u_" + slug.text(), mark),
                        marked("u", mark),
                        marked("u", digest.substring(0, LONGER_MARK)),
                        marked("login", mark)));
    }

    private static String marked(String slug, String mark) {
        int room = LONGEST - mark.length() - 1;
        return (slug.length() > room ? slug.substring(0, room) : slug) + "_" + mark;
    }

    private boolean isFree(String name) {
        return !RESERVED.contains(name)
                && RESERVED_BEGINNINGS.stream().noneMatch(name::startsWith)
                && !others.contains(new LoginName(name).folded())
                && !contract.protection().covers(new LoginName(name));
    }

    /// @param whole whether it says all that the template said
    private record Slug(String text, boolean whole) {

        static final Slug NOTHING = new Slug("u", false);
    }

    private Slug slug(Person person) {
        Optional<String> filled = contract.lifecycle().login().fill(person.document());
        return filled.map(LoginNames::fold).orElse(Slug.NOTHING);
    }

    /// Letters without marks, digits and `. _ - + @`, in lower case; what is nothing of these is lost.
    private static Slug fold(String filled) {
        String letters =
                Normalizer.normalize(filled.toLowerCase(Locale.ROOT), Form.NFKD).toLowerCase(Locale.ROOT);
        StringBuilder folded = new StringBuilder();
        boolean whole = true;
        for (int point : letters.codePoints().toArray()) {
            String letter = LETTERS.getOrDefault(Character.toString(point), Character.toString(point));
            if (isPlain(letter)) {
                folded.append(letter);
            } else if (Character.getType(point) != Character.NON_SPACING_MARK) {
                whole = false;
            }
        }
        String text = trimmed(folded.toString());
        if (text.isEmpty()) {
            return Slug.NOTHING;
        }
        return text.length() > LONGEST ? new Slug(text.substring(0, LONGEST), false) : new Slug(text, whole);
    }

    private static boolean isPlain(String letter) {
        return letter.chars()
                .allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || "._-+@".indexOf(c) >= 0);
    }

    private static String trimmed(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && !Character.isLetterOrDigit(text.charAt(from))) {
            from++;
        }
        while (to > from && !Character.isLetterOrDigit(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    /// The same for names that people take for each other.
    private static String look(String name) {
        return name.toLowerCase(Locale.ROOT)
                .replace('0', 'o')
                .replace('1', 'l')
                .replace('-', '_')
                .replace("rn", "m")
                .replace("vv", "w");
    }
}
