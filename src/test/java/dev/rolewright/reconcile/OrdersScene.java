package dev.rolewright.reconcile;

import dev.rolewright.amendment.ActiveContract;
import dev.rolewright.engine.postgres.Scene;
import dev.rolewright.engine.postgres.TestServers;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.reach.TargetsConfig;
import dev.rolewright.reach.Ways;
import dev.rolewright.reconcile.answer.AnswerRig;
import dev.rolewright.reconcile.answer.LeftLogins;
import dev.rolewright.reconcile.answer.Reviews;
import dev.rolewright.reconcile.login.ForeignLogins;
import dev.rolewright.reconcile.login.KnownLogin;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// As [dev.rolewright.reconcile.Scene], but on a real server that has orders: who is an analyst reads them, and who is
/// at the desk corrects them.
public final class OrdersScene implements AutoCloseable {

    public static final TargetName ORDERS = new TargetName("orders");

    /// What the names of sources and groups end in, so that tests do not meet.
    public final String tag = UUID.randomUUID().toString().substring(0, 8);

    public final Scene server;
    public final Idp idp;
    final UUID analysts;
    final UUID desk;
    final Rig rig;
    private final Premises premises;
    private final Map<String, TargetsConfig.TargetConfig> addresses = new HashMap<>();
    private ActiveContract active;
    private int numbers;

    public OrdersScene(Premises premises) throws SQLException {
        this(premises, TestServers.V18);
    }

    OrdersScene(Premises premises, TestServers version) throws SQLException {
        this.premises = premises;
        server = Scene.on(version);
        for (String table : List.of("held_step", "hold", "drift", "dirty", "login", "target_state")) {
            premises.run("DELETE FROM " + table + " WHERE target = 'orders'");
        }
        addresses.put("orders", Ways.at(server.reach()));
        rig = new Rig(premises.site(premises.postgresql(), addresses));
        idp = premises.idp("idp-" + tag);
        analysts = idp.founds("analysts-" + tag);
        desk = idp.founds("desk-" + tag);
        active = follow(contract());
        settle();
    }

    public String contract() {
        return OrdersContract.of(tag);
    }

    public ActiveContract follow(String text) {
        active = rig.contract(++numbers, text);
        rig.follow(active);
        return active;
    }

    /// The contract that holds.
    public ActiveContract active() {
        return active;
    }

    /// From now on the target is looked for elsewhere.
    public void leadTo(String url) {
        addresses.put("orders", Ways.at(url));
    }

    /// The same server is another target, too.
    void alsoAs(TargetName target) {
        addresses.put(target.value(), addresses.get("orders"));
    }

    /// An analyst with a login.
    public PersonId employed(String name) {
        return employed(name, analysts);
    }

    PersonId employed(String name, UUID group) {
        PersonId person = idp.hires(name);
        idp.adds(group, person);
        settle();
        return person;
    }

    public void settle() {
        rig.settle(ORDERS);
    }

    void prove() {
        rig.prove(ORDERS);
    }

    void lookAtAll() {
        premises.run("UPDATE target_state SET whole_due = now() WHERE target = 'orders'");
        settle();
    }

    KnownLogin known(PersonId person) {
        return rig.logins.of(Set.of(person)).get(person).getFirst();
    }

    /// The server's own id of a login.
    String oid(String login) throws SQLException {
        return server.ask("postgres", "SELECT oid FROM pg_roles WHERE rolname = '" + login + "'")
                .getFirst();
    }

    public ForeignLogins strangers() {
        return rig.login.foreign(rig.sessions);
    }

    public Reviews reviews() {
        return AnswerRig.reviews(rig.people);
    }

    public LeftLogins leftLogins() {
        return AnswerRig.leftLogins(
                rig.login.book,
                rig.people,
                rig.sessions,
                premises.log,
                rig.hold.steps,
                rig.targets.targets(premises.contracts, rig.sessions));
    }

    @Override
    public void close() throws SQLException {
        server.close();
    }
}
