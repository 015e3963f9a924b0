package dev.rolewright.reconcile;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.model.Caller;
import dev.rolewright.model.LoginState;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.reach.Ways;
import dev.rolewright.reconcile.login.KnownLogin;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;

/// One target, one identity provider with one group that counts, and a process that reconciles.
public final class Scene {

    private static final Caller GRACE = Caller.ofNoSource("grace", "scene");

    private final Premises premises;
    public final TargetName target;
    public final Rig.Site site;
    public final Rig rig;
    final Idp idp;
    public final FakeServer server;
    final UUID readers;
    final String crew;
    private ActiveContract active;
    private int numbers = 1;

    public Scene(Premises premises, FakeEngine engine) {
        this.premises = premises;
        String tag = UUID.randomUUID().toString().substring(0, 8);
        target = new TargetName("shop-" + tag);
        crew = "readers-" + tag;
        site = premises.site(engine, Map.of(target.value(), Ways.at("fake:" + tag)));
        server = engine.server("fake:" + tag);
        rig = new Rig(site);
        idp = premises.idp("idp-" + tag);
        readers = idp.founds(crew);
        active = rig.contract(numbers, text());
        rig.follow(active);
        rig.settle(target);
    }

    public String text() {
        return """
                contract: 1
                environments: {test: {}}
                targets:
                  %s: {engine: cassandra, environment: test, databases: [shop], drift: revert}
                roles:
                  shop_reader: {kind: read-only, purpose: Reading, owner: us, target: %s}
                mappings:
                  - {name: readers read, group: {displayName: %s}, roles: [shop_reader]}
                lifecycle: {login: "{userName.local}", grace: P30D, credentials: external}
                brakes: {removeLogins: "20%%", suspendLogins: "20%%", revokeMemberships: "30%%", atLeast: 5}
                """.formatted(target, target, crew);
    }

    void follow(String text) {
        active = rig.contract(++numbers, text);
        rig.follow(active);
    }

    /// Another process on the same store, with what holds now.
    Rig another() {
        return another(site.store(), Rig.LEASE);
    }

    Rig another(DataSource line, Duration lease) {
        Rig other = new Rig(site, line, lease);
        other.follow(active);
        return other;
    }

    void settle() {
        rig.settle(target);
    }

    /// Somebody who has the role.
    public PersonId employed(String name) {
        PersonId person = idp.hires(name);
        idp.adds(readers, person);
        settle();
        return person;
    }

    public List<PersonId> crew(int size) {
        List<PersonId> people = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            people.add(idp.hires("person" + i));
        }
        idp.adds(readers, people);
        settle();
        return people;
    }

    Optional<KnownLogin> known(PersonId person) {
        return rig.logins.of(Set.of(person)).getOrDefault(person, List.of()).stream()
                .filter(login -> login.target().equals(target))
                .findFirst();
    }

    /// Nobody has heard of whoever has the target for as long as a lease lasts.
    void leaseEnds() {
        run("UPDATE target_state SET lease_until = now() - interval '1 second' WHERE target = '" + target + "'");
    }

    void wantWhole() {
        rig.queue.request(target, null, "tester");
    }

    /// Grace, an approver, says that the target is on that server.
    void moveTo(String identity, String reason) {
        rig.servers.move(target, identity, Optional.empty(), reason, GRACE);
    }

    /// How often Grace did something to the target.
    long doneByGrace(String action) {
        return number("SELECT count(*) FROM audit_event WHERE action = '" + action
                + "' AND actor = 'grace' AND subject_id = '" + target + "'");
    }

    /// Somebody leaves, and the grace is over.
    void leftLongAgo(PersonId person) {
        idp.dismisses(person);
        settle();
        Instant since = Instant.now().minus(Duration.ofDays(31));
        server.change(person, it -> LoginState.suspended(it.name(), it.person(), Optional.of(since)));
        makeDue(person);
        settle();
    }

    void makeDue(PersonId person) {
        run("UPDATE login SET due = now() WHERE person = '" + person + "'");
    }

    void loseTheStore() {
        run("DELETE FROM login WHERE target = '" + target + "'");
        run("DELETE FROM target_state WHERE target = '" + target + "'");
        run("INSERT INTO target_state (target) VALUES ('" + target + "')");
    }

    long openHolds() {
        return number("SELECT count(*) FROM hold WHERE state = 'open' AND target = '" + target + "'");
    }

    public long number(String query) {
        return premises.number(query);
    }

    public void run(String statement) {
        premises.run(statement);
    }
}
