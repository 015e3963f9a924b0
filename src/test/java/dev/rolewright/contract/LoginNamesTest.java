package dev.rolewright.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.rolewright.contract.Snapshot.Person;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// People get names that are short, plain, their own, and stay.
class LoginNamesTest {

    private static final Contract CONTRACT = Contracts.contract(Contracts.WHOLE);
    private static final TargetName ORDERS = new TargetName("orders");

    static Person person(int id, String userName) {
        return new Person(
                new PersonId(new UUID(0, id)),
                JsonNodeFactory.instance.objectNode().put("userName", userName));
    }

    private static Map<PersonId, LoginName> assign(Map<PersonId, LoginName> existing, Person... people) {
        return new LoginNames(CONTRACT, ORDERS).assign(List.of(people), KnownNames.all(existing));
    }

    private static String name(String userName) {
        Person person = person(7, userName);
        return assign(Map.of(), person).get(person.id()).value();
    }

    @ParameterizedTest
    @CsvSource({
        "ada@example.org, ada",
        "Ada.Lovelace@example.org, ada.lovelace",
        "José.Núñez@example.org, jose.nunez",
        "Jürgen.Groß@example.org, jurgen.gross",
        "Bjørn, bjorn",
        "-x.y-@example.org, x.y",
        "ＡＤＡ@example.org, ada",
    })
    void foldsTheTemplate(String userName, String login) {
        assertThat(name(userName)).isEqualTo(login);
    }

    @ParameterizedTest
    @CsvSource({
        "аda@example.org, da_", // the first letter is Cyrillic
        "мария@example.org, u_",
        "a\"; drop role x; --@example.org, adroprolex_",
        "public@example.org, public_",
        "PG_monitor, pg_monitor",
        "postgres, postgres_",
        "none, none_",
        "user, user_",
        "current_user, current_user_",
        "session_user, session_user_",
        "root, root_",
        "rdsadmin, rdsadmin_",
        "cloudsqladmin, u_cloudsqladmin_",
        "rolewright_x, u_rolewright_x_",
        "orders_reader@example.org, orders_reader_",
        "0rders-reader@example.org, 0rders-reader_",
        "p0stgres@example.org, p0stgres_",
        "r00t@example.org, r00t_",
        "orders_owner@example.org, orders_owner_",
        "nightly-export, nightly-export_",
        "app_shop, u_app_shop_",
    })
    void marksWhatLostLettersOrBelongsToOthers(String userName, String beginning) {
        assertThat(name(userName)).contains(beginning).matches("[a-z0-9._+@-]+_[0-9a-f]{8}");
    }

    @Test
    void neverPassesSixtyThreeBytes() {
        assertThat(name("é".repeat(90))).hasSize(63).matches("e{54}_[0-9a-f]{8}");
    }

    @Test
    void tellsLookAlikesApartInAnyOrder() {
        List<Person> people = new ArrayList<>(List.of(
                person(1, "bernd@a.example"),
                person(2, "bemd@a.example"),
                person(3, "ada1@a.example"),
                person(4, "adal@b.example"),
                person(5, "grace@a.example"),
                person(6, "GRACE@b.example"),
                person(8, "linus@a.example")));
        Map<PersonId, LoginName> first = new LoginNames(CONTRACT, ORDERS).assign(people, KnownNames.all(Map.of()));

        Collections.shuffle(people, new Random(5));

        assertThat(new LoginNames(CONTRACT, ORDERS).assign(people, KnownNames.all(Map.of())))
                .isEqualTo(first);
        assertThat(first.values()).doesNotHaveDuplicates().hasSize(7);
        assertThat(first.values().stream().map(LoginName::value).filter(it -> it.matches(".*_[0-9a-f]{8}")))
                .hasSize(6);
    }

    @Test
    void leavesNamesWithTheirPeople() {
        Person ada = person(1, "renamed@example.org");
        Person other = person(2, "ada@example.org");
        Map<PersonId, LoginName> existing = new HashMap<>(Map.of(ada.id(), new LoginName("ada")));

        Map<PersonId, LoginName> fresh = assign(existing, ada, other);

        assertThat(fresh).containsOnlyKeys(other.id());
        assertThat(fresh.get(other.id()).value()).matches("ada_[0-9a-f]{8}");
    }

    @Test
    void asksOnlyForTheLooksThatNewcomersWouldHave() {
        Person ada = person(1, "ada@example.org");
        Person grace = person(2, "grace@example.org");
        Person linus = person(3, "linus@example.org");
        List<Set<String>> asked = new ArrayList<>();
        KnownNames known = new KnownNames() {
            @Override
            public Map<PersonId, LoginName> theirs() {
                return Map.of(linus.id(), new LoginName("linus"));
            }

            @Override
            public Set<Look> taken(Collection<Look> looks) {
                asked.add(looks.stream().map(Look::value).collect(Collectors.toSet()));
                return looks.stream()
                        .filter(look -> look.value().equals("grace"))
                        .collect(Collectors.toSet());
            }
        };

        Map<PersonId, LoginName> fresh = new LoginNames(CONTRACT, ORDERS).assign(List.of(ada, grace, linus), known);

        assertThat(fresh).hasSize(2).containsEntry(ada.id(), new LoginName("ada"));
        assertThat(fresh.get(grace.id()).value()).matches("grace_[0-9a-f]{8}");
        assertThat(asked)
                .containsExactly(
                        Set.of("ada", "grace"),
                        Set.of(Look.of(fresh.get(grace.id())).value()));
    }

    @Test
    void asksNothingWhenNobodyIsNew() {
        Person ada = person(1, "ada@example.org");
        KnownNames known = new KnownNames() {
            @Override
            public Map<PersonId, LoginName> theirs() {
                return Map.of(ada.id(), new LoginName("ada"));
            }

            @Override
            public Set<Look> taken(Collection<Look> looks) {
                throw new AssertionError(looks);
            }
        };

        assertThat(new LoginNames(CONTRACT, ORDERS).assign(List.of(ada), known)).isEmpty();
    }

    @Test
    void givesNoNameWhereAllAreProtected() {
        Contract closed = Contracts.contract(Contracts.WHOLE.replace("\"app_*\"", "\"*eve*\", \"u_*\", \"login_*\""));
        Person eve = person(3, "eve@example.org");

        assertThat(new LoginNames(closed, ORDERS).assign(List.of(eve), KnownNames.all(Map.of())))
                .isEmpty();
    }

    @Test
    void takesThePrimaryOfSeveralValues() {
        Contract byMail = Contracts.contract(Contracts.WHOLE.replace(
                "{userName.local}",
                "{emails.local}-{urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber}"));
        Person ada = person(1, "x");
        ada.document().putArray("emails").addObject().put("value", "home@example.org");
        ada.document()
                .withArray("emails")
                .addObject()
                .put("value", "work@example.org")
                .put("primary", true);
        ada.document()
                .putObject("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User")
                .put("employeeNumber", "17");

        assertThat(new LoginNames(byMail, ORDERS).assign(List.of(ada), KnownNames.all(Map.of())))
                .containsValue(new LoginName("work-17"));
    }
}
