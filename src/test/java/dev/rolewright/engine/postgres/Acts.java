package dev.rolewright.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.rolewright.engine.Engine.Purpose;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineSession;
import dev.rolewright.engine.Outcome;
import dev.rolewright.model.Grant;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.Membership;
import dev.rolewright.model.ObjectRef;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.PrivilegeName;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Step;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// Steps on a scene's server, and the few words that tests of performing are told in.
public final class Acts {

    public static final RoleName READER = new RoleName("orders_reader");
    public static final RoleName WRITER = new RoleName("orders_writer");
    public static final String READ = "select count(*) from sales.orders";
    public static final ObjectRef.Table ORDERS = new ObjectRef.Table("sales", "orders");

    private final Scene scene;
    private final PostgresEngine engine = new PostgresEngine();

    public Acts(Scene scene) {
        this.scene = scene;
    }

    public EngineSession open() {
        return engine.open(scene.reach(), Purpose.CHANGE);
    }

    public List<Outcome> perform(Step... steps) {
        return perform(List.of(steps));
    }

    public List<Outcome> perform(List<Step> steps) {
        try (EngineSession session = open()) {
            return session.perform(steps);
        }
    }

    public void done(Step... steps) {
        done(List.of(steps));
    }

    public void done(List<Step> steps) {
        List<Outcome> outcomes = perform(steps);
        for (int i = 0; i < steps.size(); i++) {
            if (outcomes.get(i) instanceof Outcome.Failed(EngineFailure failure)) {
                throw new AssertionError(steps.get(i) + ": " + failure.code() + " " + failure.remedy(), failure);
            }
        }
        assertThat(outcomes).hasSize(steps.size()).containsOnly(Outcome.DONE);
    }

    public EngineFailure failed(Step step) {
        Outcome outcome = perform(step).getFirst();
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).failure();
    }

    /// A person's login that a plan is about to make.
    public static Account planned(String login) {
        return new Account(new LoginName(login), person(login), Optional.empty());
    }

    /// The same as it is now on the server.
    public Account seen(String login) throws SQLException {
        return new Account(new LoginName(login), person(login), Optional.of(id(login)));
    }

    public String id(String role) throws SQLException {
        return scene.ask("postgres", "select oid from pg_roles where rolname = '" + role.replace("'", "''") + "'")
                .getFirst();
    }

    public static PersonId person(String login) {
        return new PersonId(UUID.nameUUIDFromBytes(login.getBytes(StandardCharsets.UTF_8)));
    }

    /// Somebody of ours who is suspended.
    public Account suspended(String login) throws SQLException {
        done(create(login));
        Account account = seen(login);
        done(new Step.SuspendLogin(account, Optional.empty()));
        return account;
    }

    public static Step create(String login) {
        return new Step.CreateLogin(planned(login), Optional.empty());
    }

    public static Step join(String login, RoleName role) {
        return new Step.Join(planned(login), Membership.of(role));
    }

    public static Step grant(RoleName role, ObjectRef object, String privilege) {
        return new Step.GrantPrivilege(role, Grant.of("orders", object, new PrivilegeName(privilege)));
    }

    public static Step revoke(RoleName role, ObjectRef object, String privilege) {
        return new Step.RevokePrivilege(role, Grant.of("orders", object, new PrivilegeName(privilege)));
    }

    public static List<Step> reader() {
        return List.of(
                new Step.CreateRole(READER),
                grant(READER, new ObjectRef.Database(), "CONNECT"),
                grant(READER, new ObjectRef.Schema("sales"), "USAGE"),
                grant(READER, ORDERS, "SELECT"));
    }
}
