package dev.rolewright.orphan;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.directory.Identities;
import dev.rolewright.directory.Silence;
import dev.rolewright.model.PersonId;
import dev.rolewright.offboarding.Fences;
import dev.rolewright.ops.TestPostgres;
import dev.rolewright.orphan.Orphan.Guess;
import dev.rolewright.orphan.Orphan.Kind;
import dev.rolewright.orphan.Orphan.Match;
import dev.rolewright.orphan.Orphan.Presence;
import dev.rolewright.orphan.Orphan.StrangersLogin;
import dev.rolewright.reconcile.OrdersScene;
import dev.rolewright.reconcile.Premises;
import dev.rolewright.reconcile.login.KnownLogin;
import dev.rolewright.reconcile.login.Logins;
import dev.rolewright.reconcile.login.UntendedLogin;
import dev.rolewright.store.Store;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What nobody answers for any more, on a real server.
@QuarkusTest
@QuarkusTestResource(TestPostgres.class)
class OrphansFlowTest {

    @Inject
    Premises premises;

    @Inject
    Identities identities;

    @Inject
    Silence silence;

    @Inject
    Fences fences;

    @Inject
    Logins logins;

    @Inject
    Store store;

    private OrdersScene scene;
    private OrphanBook book;
    private String tag;

    @BeforeEach
    void setTheScene() throws SQLException {
        premises.run("DELETE FROM orphan_seen");
        book = new OrphanBook(store);
        scene = new OrdersScene(premises);
        tag = scene.tag;
        scene.follow(scene.contract() + "protected: {logins: [\"backup_*\"]}\n");
        scene.settle();
    }

    @AfterEach
    void leaveTheScene() throws SQLException {
        scene.close();
    }

    @Test
    void theLoginsOfATargetThatLeftAreToldAndThoseOfOneThatCameBackAreNot() {
        PersonId ada = scene.employed("ada");
        String contract = scene.contract();
        Instant before = Instant.now();

        scene.follow(contract.replaceAll("(?s)targets:.*?lifecycle", "lifecycle"));

        assertThat(untended()).anySatisfy(orphan -> {
            assertThat(orphan.login().person()).isEqualTo(ada);
            assertThat(orphan.login().target()).isEqualTo(OrdersScene.ORDERS);
            assertThat(orphan.since())
                    .isBetween(before.minusSeconds(1), Instant.now().plusSeconds(1));
        });
        assertThat(look().counts().get(Kind.UNTENDED_LOGIN)).isPositive();

        scene.follow(contract);

        assertThat(untended()).noneMatch(orphan -> orphan.login().person().equals(ada));
    }

    @Test
    void strangersAreToldWithAGuessOfWhoseTheyAre() throws SQLException {
        // Guesses that too many people share are none, and other tests have people called ada.
        PersonId ada = scene.employed("ada" + tag);
        String loud = ("ada" + tag).toUpperCase(Locale.ROOT);
        PersonId bob = scene.idp.hires("bob." + tag);
        PersonId cyd = scene.idp.hires("cyd" + tag);
        scene.idp.dismisses(cyd);
        scene.server.run(
                "postgres",
                "CREATE ROLE \"" + loud + "\" LOGIN",
                "CREATE ROLE \"Bob." + tag + "\" LOGIN",
                "CREATE ROLE cyd" + tag + " LOGIN",
                "CREATE ROLE \"bob." + tag + "@idp-" + tag + ".example\" LOGIN",
                "CREATE ROLE app_batch_" + tag + " LOGIN",
                "CREATE ROLE backup_nightly LOGIN",
                "CREATE ROLE nobody_logs_in");

        Map<String, StrangersLogin> strangers = strangers();

        assertThat(strangers)
                .containsOnlyKeys(
                        loud, "Bob." + tag, "cyd" + tag, "bob." + tag + "@idp-" + tag + ".example", "app_batch_" + tag);
        assertThat(strangers.get(loud).guesses()).anySatisfy(guess -> {
            assertThat(guess.person()).isEqualTo(ada);
            assertThat(guess.matches()).contains(Match.LOGIN_NAME);
        });
        assertThat(strangers.get("Bob." + tag).guesses())
                .containsExactly(new Guess(bob, Set.of(Match.USER_NAME_LOCAL_PART), Presence.ACTIVE));
        assertThat(strangers.get("cyd" + tag).guesses())
                .containsExactly(new Guess(cyd, Set.of(Match.USER_NAME_LOCAL_PART), Presence.INACTIVE));
        assertThat(strangers.get("bob." + tag + "@idp-" + tag + ".example").guesses())
                .containsExactly(new Guess(bob, Set.of(Match.USER_NAME), Presence.ACTIVE));
        assertThat(strangers.get("app_batch_" + tag).guesses()).isEmpty();
        assertThat(strangers.get(loud).locking()).contains("ALTER ROLE \"" + loud + "\" NOLOGIN;");
    }

    @Test
    void aStrangerIsAsOldAsTheFirstRoundThatSawIt() throws SQLException {
        scene.server.run("postgres", "CREATE ROLE \"app/batch\" LOGIN");
        book.keep(look());
        premises.run("UPDATE orphan_seen SET since = '2026-01-01T00:00:00Z'");
        premises.run("UPDATE orphan_round SET due = now()");

        assertThat(book.claim()).isTrue();
        assertThat(book.claim()).isFalse();
        book.keep(look());

        assertThat(strangers().get("app/batch").since()).contains(Instant.parse("2026-01-01T00:00:00Z"));
        assertThat(book.seen(Kind.STRANGERS_LOGIN, Optional.of(OrdersScene.ORDERS)))
                .hasSize(1);
        assertThat(book.seen(Kind.STRANGERS_LOGIN, Optional.empty())).isEmpty();
        assertThat(book.count(Kind.STRANGERS_LOGIN)).contains(1L);
        scene.server.run("postgres", "DROP ROLE \"app/batch\"");
        book.keep(look());
        assertThat(book.count(Kind.STRANGERS_LOGIN)).contains(0L);
        assertThat(book.seen(Kind.STRANGERS_LOGIN, Optional.of(OrdersScene.ORDERS)))
                .isEmpty();
    }

    @Test
    void whoReadsPageByPageMeetsAStrangerOnceThoughALookComesBetween() throws SQLException {
        scene.server.run("postgres", "CREATE ROLE app_batch LOGIN", "CREATE ROLE app_other LOGIN");

        Orphans.Found now = look();
        Orphans.Found later = look(Clock.offset(Clock.systemUTC(), Duration.ofHours(1)));

        assertThat(of(StrangersLogin.class, now))
                .extracting(Orphan::id)
                .containsExactly("STRANGERS_LOGIN/new/orders/app_batch", "STRANGERS_LOGIN/new/orders/app_other")
                .isEqualTo(
                        of(StrangersLogin.class, later).stream().map(Orphan::id).toList());
    }

    @Test
    void aTargetThatIsAwayIsToldAndItsStrangersAreNotForgotten() throws SQLException {
        scene.server.run("postgres", "CREATE ROLE app_batch LOGIN");
        book.keep(look());
        scene.leadTo("jdbc:postgresql://127.0.0.1:1/postgres");

        Orphans.Found found = look();
        book.keep(found);

        assertThat(found.away()).singleElement().satisfies(away -> {
            assertThat(away.target()).isEqualTo(OrdersScene.ORDERS);
            assertThat(away.kind()).isEqualTo("UNREACHABLE");
        });
        assertThat(found.items()).noneMatch(orphan -> orphan.kind() == Kind.STRANGERS_LOGIN);
        assertThat(book.count(Kind.STRANGERS_LOGIN)).contains(1L);
    }

    @Test
    void whoIsNotSpokenOfForLongIsToldWithTheirLogins() {
        PersonId ada = scene.employed("ada");
        PersonId bob = scene.employed("bob");
        scene.idp.dismisses(bob);
        scene.settle();
        PersonId cyd = scene.employed("cyd");
        premises.run("UPDATE resource SET last_modified = '2020-01-01T00:00:00Z' WHERE id IN ('" + ada + "', '" + bob
                + "')");

        Orphans.Found found = look();

        List<Orphan.SilentPerson> silent = of(Orphan.SilentPerson.class, found);
        assertThat(silent).noneMatch(it -> Set.of(bob, cyd).contains(it.person().person()));
        assertThat(silent)
                .filteredOn(it -> it.person().person().equals(ada))
                .singleElement()
                .satisfies(it -> {
                    assertThat(it.since()).contains(Instant.parse("2020-01-01T00:00:00Z"));
                    assertThat(it.person().source()).isEqualTo("idp-" + tag);
                    assertThat(it.logins()).extracting(KnownLogin::target).containsExactly(OrdersScene.ORDERS);
                });
        assertThat(found.counts().get(Kind.SILENT_PERSON)).isGreaterThanOrEqualTo(1);
    }

    /// That is what is to be done where the identity provider will never speak again.
    @Test
    void ofWhomHrSaysThatTheyAreGoneIsNotSilentAnyMore() {
        PersonId ada = scene.employed("ada");
        premises.run("UPDATE resource SET last_modified = '2020-01-01T00:00:00Z' WHERE id = '" + ada + "'");
        long before = look().counts().get(Kind.SILENT_PERSON);

        premises.run("INSERT INTO hr_person (person) VALUES ('" + ada + "')");
        premises.run("INSERT INTO fence (person, sender, kind, event, since) VALUES ('" + ada
                + "', 'hr', 'leaver', 'evt-1', now())");

        Orphans.Found found = look();
        assertThat(of(Orphan.SilentPerson.class, found))
                .noneMatch(it -> it.person().person().equals(ada));
        assertThat(found.counts().get(Kind.SILENT_PERSON)).isEqualTo(before - 1);
    }

    @Test
    void ownersWhoAreNotThereAreTold() {
        PersonId ada = scene.employed("ada");
        scene.follow(scene.contract().replace("owner: us", "owner: ada@idp-" + tag + ".example"));
        assertThat(of(Orphan.OwnerGone.class, look())).isEmpty();

        scene.idp.dismisses(ada);

        assertThat(of(Orphan.OwnerGone.class, look()))
                .extracting(orphan -> orphan.ownerless().finding().sentence())
                .containsExactly(
                        "Owner ada@idp-" + tag + ".example of role orders_reader has left.",
                        "Owner ada@idp-" + tag + ".example of role orders_writer has left.");
    }

    @Test
    void aRoleWithoutOwnerIsAsOldWhateverIsSaidOfIt() {
        PersonId ada = scene.employed("ada");
        scene.follow(scene.contract().replace("owner: us", "owner: ada@idp-" + tag + ".example"));
        scene.idp.dismisses(ada);
        book.keep(look());
        premises.run("UPDATE orphan_seen SET since = '2026-01-01T00:00:00Z'");

        scene.idp.deletes(ada);
        Orphans.Found found = look();
        book.keep(found);

        assertThat(of(Orphan.OwnerGone.class, found))
                .allSatisfy(orphan ->
                        assertThat(orphan.ownerless().finding().sentence()).contains("is not in the directory"))
                .extracting(Orphan::id)
                .containsExactly(
                        "OWNER_GONE/2026-01-01T00:00:00Z/role orders_reader",
                        "OWNER_GONE/2026-01-01T00:00:00Z/role orders_writer");
        assertThat(book.count(Kind.OWNER_GONE)).contains(2L);
    }

    private Orphans.Found look() {
        return look(Clock.systemUTC());
    }

    private Orphans.Found look(Clock clock) {
        return new Orphans(
                        () -> Optional.of(scene.active()),
                        silence,
                        fences,
                        logins,
                        scene.leftLogins(),
                        new StrangersLogins(scene.strangers(), new Guesses(identities, logins), book),
                        scene.reviews(),
                        book,
                        () -> Duration.ofDays(90),
                        clock)
                .now();
    }

    private List<UntendedLogin> untended() {
        return of(Orphan.Untended.class, look()).stream()
                .map(Orphan.Untended::untended)
                .toList();
    }

    private Map<String, StrangersLogin> strangers() {
        Map<String, StrangersLogin> strangers = new HashMap<>();
        of(StrangersLogin.class, look()).forEach(it -> strangers.put(it.name().value(), it));
        return strangers;
    }

    private static <T extends Orphan> List<T> of(Class<T> type, Orphans.Found found) {
        assertThat(found.items()).isSortedAccordingTo((one, other) -> one.id().compareTo(other.id()));
        return new ArrayList<>(
                found.items().stream().filter(type::isInstance).map(type::cast).toList());
    }
}
