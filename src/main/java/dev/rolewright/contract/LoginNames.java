package dev.rolewright.contract;

import static java.util.stream.Collectors.toSet;

import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Sha256;
import dev.rolewright.model.TargetName;
import java.text.Normalizer;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Gives people the names of their logins.
///
/// Who has a name keeps it. A new name is the template's, folded to plain letters. It gets a mark of the person's own
/// behind it when it had to be cut or lost letters, looks like another person's, or belongs to somebody else; so no
/// order in which people arrive together changes who is called what.
final class LoginNames {

    private static final int LONGEST = 63;
    private static final int MARK = 8;
    private static final int LONGER_MARK = 24;

    private static final Map<String, String> LETTERS =
            Map.of("ß", "ss", "æ", "ae", "œ", "oe", "ø", "o", "đ", "d", "ð", "d", "ł", "l", "þ", "th", "ı", "i");

    private final Contract contract;
    private final Set<String> others;
    private final Set<Look> othersLooks;

    /// For one target; services and contract roles share its names.
    LoginNames(Contract contract, TargetName target) {
        this.contract = contract;
        this.others = new HashSet<>();
        contract.roles().keySet().stream().map(RoleName::folded).forEach(others::add);
        contract.target(target).heir().map(RoleName::folded).ifPresent(others::add);
        contract.services().forEach(service -> others.add(service.name()));
        this.othersLooks =
                others.stream().map(name -> Look.of(new LoginName(name))).collect(toSet());
    }

    /// Names for those who have none yet. Somebody for whom every name is protected is left out.
    Map<PersonId, LoginName> assign(Collection<Person> people, KnownNames known) {
        Map<PersonId, LoginName> theirs = known.theirs();
        List<Person> newcomers = people.stream()
                .filter(person -> !theirs.containsKey(person.id()))
                .sorted(Comparator.comparing(Person::id))
                .toList();
        return newcomers.isEmpty() ? Map.of() : fresh(newcomers, known);
    }

    /// Whether somebody may keep such a name, also when the contract calls something else so later.
    boolean mayStay(LoginName name) {
        return !ReservedNames.covers(name) && !contract.protection().covers(name);
    }

    /// Whether nothing else is called so.
    boolean isFree(LoginName name) {
        return mayStay(name) && !others.contains(name.folded());
    }

    /// Whether nobody takes a new name for something else.
    private boolean isDistinct(LoginName name) {
        Look look = Look.of(name);
        return !ReservedNames.lookLike(look) && !othersLooks.contains(look);
    }

    /// In rounds: everybody's next name is tried at once.
    private Map<PersonId, LoginName> fresh(List<Person> newcomers, KnownNames known) {
        Map<PersonId, LoginName> names = new HashMap<>();
        Set<Look> given = new HashSet<>();
        List<Try> tries = next(newcomers(newcomers));
        while (!tries.isEmpty()) {
            Set<Look> taken = known.taken(tries.stream().map(Try::look).collect(toSet()));
            List<Newcomer> open = new ArrayList<>();
            for (Try each : tries) {
                if (taken.contains(each.look()) || !given.add(each.look())) {
                    open.add(each.newcomer());
                } else {
                    names.put(each.newcomer().person, each.name());
                }
            }
            tries = next(open);
        }
        return names;
    }

    private static List<Try> next(List<Newcomer> newcomers) {
        List<Try> tries = new ArrayList<>(newcomers.size());
        for (Newcomer newcomer : newcomers) {
            LoginName name = newcomer.next();
            if (name != null) {
                tries.add(new Try(newcomer, name, Look.of(name)));
            }
        }
        return tries;
    }

    private record Try(Newcomer newcomer, LoginName name, Look look) {}

    /// Somebody without a name, and the names still to be tried. Few are asked for more than the first.
    private final class Newcomer {

        private final PersonId person;
        private final Slug slug;
        private Iterator<String> names;
        private boolean marked;

        /// @param alone whether nobody else would have the plain name
        Newcomer(PersonId person, Slug slug, boolean alone) {
            this.person = person;
            this.slug = slug;
            List<String> plain = slug.whole() && alone ? List.of(slug.text()) : List.of();
            this.names = plain.iterator();
        }

        /// Null when there is none any more: there may be very many newcomers.
        @Nullable
        LoginName next() {
            while (names.hasNext() || mark()) {
                LoginName name = new LoginName(names.next());
                if (isFree(name) && isDistinct(name)) {
                    return name;
                }
            }
            return null;
        }

        private boolean mark() {
            if (marked) {
                return false;
            }
            marked = true;
            names = marked(slug, Sha256.hex(person.toString())).iterator();
            return true;
        }
    }

    private List<Newcomer> newcomers(List<Person> people) {
        List<Slug> slugs = people.stream().map(this::slug).toList();
        List<Look> looks = slugs.stream().map(Slug::look).toList();
        Map<Look, Integer> wishes = new HashMap<>();
        looks.forEach(look -> wishes.merge(look, 1, Integer::sum));
        List<Newcomer> newcomers = new ArrayList<>(people.size());
        for (int i = 0; i < people.size(); i++) {
            boolean alone = wishes.getOrDefault(looks.get(i), 0) == 1;
            newcomers.add(new Newcomer(people.get(i).id(), slugs.get(i), alone));
        }
        return newcomers;
    }

    private static List<String> marked(Slug slug, String digest) {
        String mark = digest.substring(0, MARK);
        return List.of(
                marked(slug.text(), mark),
                marked("u_" + slug.text(), mark),
                marked("u", mark),
                marked("u", digest.substring(0, LONGER_MARK)),
                marked("login", mark));
    }

    private static String marked(String slug, String mark) {
        int room = LONGEST - mark.length() - 1;
        return (slug.length() > room ? slug.substring(0, room) : slug) + "_" + mark;
    }

    /// @param whole whether it says all that the template said
    private record Slug(String text, boolean whole) {

        static final Slug NOTHING = new Slug("u", false);

        Look look() {
            return Look.of(new LoginName(text));
        }
    }

    private Slug slug(Person person) {
        Optional<String> filled = contract.lifecycle().login().fill(person.document());
        return filled.map(LoginNames::fold).orElse(Slug.NOTHING);
    }

    /// Letters without marks, digits and `. _ - + @`, in lower case; what is nothing of these is lost.
    private static Slug fold(String filled) {
        if (isPlain(filled)) {
            return slug(filled, true);
        }
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
        return slug(folded.toString(), whole);
    }

    private static Slug slug(String folded, boolean whole) {
        String text = trimmed(folded);
        if (text.isEmpty()) {
            return Slug.NOTHING;
        }
        return text.length() > LONGEST ? new Slug(text.substring(0, LONGEST), false) : new Slug(text, whole);
    }

    private static boolean isPlain(String letters) {
        for (int i = 0; i < letters.length(); i++) {
            char c = letters.charAt(i);
            if ((c < 'a' || c > 'z') && (c < '0' || c > '9') && "._-+@".indexOf(c) < 0) {
                return false;
            }
        }
        return true;
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
}
