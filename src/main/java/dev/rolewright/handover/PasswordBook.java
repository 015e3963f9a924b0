package dev.rolewright.handover;

import dev.rolewright.audit.AuditEvent;
import dev.rolewright.audit.AuditRow;
import dev.rolewright.handover.Passwords.Begun;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.reconcile.login.Joins;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/// What is written down of each password: when it ends, and what has to be done then. One row takes the place of
/// another when the server has taken the newer password.
@ApplicationScoped
class PasswordBook {

    /// Of one target at a time, so that none waits for all.
    static final int BATCH = 100;

    private static final String GIVING = giving("o");

    /// Another row of the same login that was written after it.
    private static final String NEWER =
            " EXISTS (SELECT FROM password o WHERE o.target = p.target AND o.person = p.person AND o.id > p.id AND ";

    private static final String SELECT = """
            SELECT p.id, p.person, p.target, l.name, l.server_id, p.ends, p.sessions, p.demanded, p.taken, p.attempts
            FROM password p JOIN %s l USING (target, person) WHERE l.there""".formatted(Joins.LOGINS);

    private static final String DEMAND = """
            INSERT INTO password (target, person, ends, due, sessions, demanded)
            SELECT l.target, l.person, now(), now() + ?::interval, ?, true
            FROM %s l WHERE l.person = ? AND l.there RETURNING id""".formatted(Joins.LOGINS);

    /// Whoever changes several rows of a login takes all of them first, in the same order as everybody:
    /// nobody is to wait in a circle.
    private static final String TURN = """
            WITH turn AS MATERIALIZED (SELECT o.id FROM password o JOIN password p USING (target, person)
                                       WHERE p.id = ? ORDER BY o.id FOR UPDATE OF o),
                 mine AS (UPDATE password SET %s WHERE id = ? AND (SELECT count(*) FROM turn) > 0""";

    /// Whoever asked before all were ended, and is at it still, needs both rows to be told so.
    private static final String CONFIRM = TURN.formatted("given = true") + """
             RETURNING id, target, person),
                 late AS (SELECT g.id AS giving, d.id AS demand
                          FROM mine p JOIN password d USING (target, person) JOIN password g USING (target, person)
                          WHERE d.demanded AND g.id < d.id AND %s),
                 followed AS (DELETE FROM password o USING mine p WHERE o.target = p.target AND o.person = p.person
                              AND o.id < p.id AND NOT (o.demanded AND o.sessions)
                              AND NOT EXISTS (SELECT FROM late WHERE o.id IN (giving, demand))),
                 ended AS (UPDATE password o SET due = now(), taken = false FROM mine p WHERE o.target = p.target
                           AND o.person = p.person AND o.id > p.id AND o.demanded RETURNING o.id)
            SELECT count(*) FROM ended""".formatted(giving("g"));

    /// When it was demanded, nothing that was given before is left to be ended, but for the sessions that end with
    /// it and were let be. Whoever is giving one just now needs the row, and is told by [#CONFIRM].
    private static final String TAKEN = TURN.formatted("taken = true, attempts = 0, due = now() + interval '2 minutes'")
            + """
             AND NOT taken RETURNING id, target, person, sessions, demanded),
                 gone AS (DELETE FROM password o USING mine p WHERE %1$s AND (p.sessions OR NOT o.sessions)),
                 open AS (UPDATE password o SET taken = true FROM mine p WHERE %1$s
                          AND NOT p.sessions AND o.sessions AND NOT o.demanded)
            SELECT count(*) FROM mine""".formatted("o.target = p.target AND o.person = p.person AND o.id < p.id AND p.demanded AND NOT ("
                    + GIVING + ")");

    /// It is done for good, unless somebody who asked before it was demanded is still at it.
    private static final String TAKEN_AGAIN = """
            WITH over AS (DELETE FROM password p WHERE p.id = ? AND p.taken AND NOT (p.demanded AND EXISTS (
                              SELECT FROM password o WHERE o.target = p.target AND o.person = p.person AND o.id < p.id
                              AND %s)) RETURNING p.id)
            UPDATE password SET due = now() + interval '2 minutes'
            WHERE id = ? AND taken AND NOT EXISTS (SELECT FROM over)""".formatted(GIVING);

    /// Tells whose login it is as well, so that nobody has to ask again.
    private static final String EXPECT = """
            WITH there AS (SELECT l.target, l.person, l.name, l.server_id, s.server
                           FROM %s l JOIN %s s USING (target) WHERE l.person = ? AND l.target = ANY (?)),
                 begun AS (INSERT INTO password (target, person, ends, due, sessions)
                           SELECT target, person, ?::timestamptz, ?::timestamptz, ?::boolean FROM there
                           RETURNING id, target)%s
            SELECT id, target, name, server_id, server FROM begun JOIN there USING (target) ORDER BY target""";

    private static final String TOLD = ", told AS (" + AuditRow.INSERT + "SELECT " + AuditRow.VALUES + ", NULL, NULL)";

    private final Store store;

    PasswordBook(Store store) {
        this.store = store;
    }

    /// What has to be done about a password.
    ///
    /// @param sessions whether what is open ends, too
    /// @param demanded whether somebody wants it, whatever end it had
    /// @param again whether it was done once: somebody on the way in could not be seen then
    record Due(
            long id,
            TargetName target,
            Account account,
            Instant ends,
            boolean sessions,
            boolean demanded,
            boolean again,
            int attempts) {

        boolean twice() {
            return sessions || demanded;
        }
    }

    /// Written down before the passwords are set, so that no crash leaves one without an end.
    ///
    /// @param sessions whether those that they let in end with them
    /// @param asked what is written down of it beside, at once or not at all
    /// @return one for each target where the person has a login
    List<Begun> expect(
            PersonId person, List<TargetName> targets, Instant ends, boolean sessions, Optional<AuditEvent> asked) {
        List<Object> values = new ArrayList<>(List.of(
                person.value(), targets.stream().map(TargetName::value).toArray(String[]::new), ends, ends, sessions));
        asked.map(AuditRow::values).ifPresent(values::addAll);
        return store.all(
                EXPECT.formatted(Joins.LOGINS, Joins.TARGETS, asked.isPresent() ? TOLD : ""),
                row -> new Begun(
                        row.getLong(1),
                        new TargetName(row.getString(2)),
                        new Account(new LoginName(row.getString(3)), person, Store.text(row, 4)),
                        ends,
                        Store.text(row, 5)),
                values.toArray());
    }

    /// The server has taken the password. What ended earlier does not end it, but for what somebody wants ended.
    ///
    /// @return whether it is good: not, when all were ended meanwhile; then it will be, too
    boolean confirm(long id) {
        return store.first(CONFIRM, row -> row.getInt(1) == 0, id, id).orElse(true);
    }

    /// The server has not taken it.
    void discard(long id) {
        store.run("DELETE FROM password WHERE id = ? AND NOT given", id);
    }

    /// Somebody wants the person's passwords ended, on every target where there may be one. Part of the caller's
    /// transaction, and done by whoever asks or, when nothing comes of that, by whoever is there.
    List<Due> demand(PersonId person, boolean sessions, Duration headstart) {
        Long[] ids = store.all(DEMAND, row -> row.getLong(1), headstart.toString(), sessions, person.value())
                .toArray(Long[]::new);
        return store.all(SELECT + " AND p.id = ANY (?) ORDER BY p.target", PasswordBook::due, (Object) ids);
    }

    /// The targets on which something is due; one that fails is left alone for as long as passes leave it alone.
    List<TargetName> targets() {
        return store.all("""
                SELECT DISTINCT p.target FROM password p JOIN %s s USING (target)
                WHERE p.due <= now() AND s.spoken_to""".formatted(Joins.TARGETS), row -> new TargetName(row.getString(1)));
    }

    List<Due> due(TargetName target) {
        return store.all(
                SELECT + " AND p.target = ? AND p.due <= now() ORDER BY p.due, p.id LIMIT " + BATCH,
                PasswordBook::due,
                target.value());
    }

    /// Where a password is.
    ///
    /// @param server the one that the target is on, when it was ever seen
    record Home(Optional<String> server) {}

    /// Where a password is if nobody has or is given another one since, so that taking the one that is there takes
    /// this one. It is one question, because a login's row on the server is held meanwhile.
    Optional<Home> last(long id) {
        return store.first(
                "SELECT s.server FROM password p LEFT JOIN " + Joins.TARGETS + " s USING (target) WHERE p.id = ?"
                        + " AND NOT" + NEWER + "(o.given OR " + GIVING + "))",
                row -> new Home(Store.text(row, 1)),
                id);
    }

    /// Whether the server has taken another password since.
    boolean isFollowed(long id) {
        return store.all(
                        "SELECT 1 FROM password p WHERE p.id = ? AND NOT" + NEWER + "o.given)",
                        row -> row.getInt(1),
                        id)
                .isEmpty();
    }

    /// It is done, and so is what was given before, when it was demanded. Where somebody may have been on the way
    /// meanwhile, it is done once more in a while.
    ///
    /// @return whether nobody has written that down before
    boolean done(Due due) {
        if (due.again()) {
            store.run(TAKEN_AGAIN, due.id(), due.id());
            return false;
        }
        int done = due.twice()
                ? store.first(TAKEN, row -> row.getInt(1), due.id(), due.id()).orElseThrow()
                : store.run("DELETE FROM password WHERE id = ?", due.id());
        return done == 1;
    }

    /// Somebody else is at it, and only for a while. Nothing failed, so nothing is counted.
    void soon(Due due) {
        store.run("UPDATE password SET due = now() + interval '5 seconds' WHERE id = ?", due.id());
    }

    /// It failed: it lets others go first, for longer each time.
    void later(Due due) {
        store.run(
                "UPDATE password SET due = now() + least(interval '5 seconds' * power(2, least(attempts, 20)),"
                        + " interval '5 minutes'), attempts = attempts + 1 WHERE id = ?",
                due.id());
    }

    /// Forgets what there is nothing left of to end.
    void tidy() {
        store.run("DELETE FROM password p WHERE p.due <= now() AND NOT EXISTS (SELECT FROM " + Joins.LOGINS
                + " l WHERE l.target = p.target AND l.person = p.person AND NOT l.gone)");
    }

    /// How many should have been ended and are not.
    long overdue() {
        return store.first(
                        "SELECT count(*) FROM password p LEFT JOIN " + Joins.TARGETS + " s USING (target)"
                                + " WHERE p.ends <= now() AND (p.due <= now() OR p.attempts > 0) AND s.retired IS NOT TRUE",
                        row -> row.getLong(1))
                .orElseThrow();
    }

    /// That a row is of a password which somebody is just giving.
    private static String giving(String row) {
        return "NOT %1$s.given AND NOT %1$s.demanded AND %1$s.asked > now() - %2$s".formatted(row, Handover.OVER);
    }

    private static Due due(ResultSet row) throws SQLException {
        return new Due(
                row.getLong(1),
                new TargetName(row.getString(3)),
                new Account(
                        new LoginName(row.getString(4)),
                        new PersonId(row.getObject(2, UUID.class)),
                        Optional.of(row.getString(5))),
                Store.instant(row, 6),
                row.getBoolean(7),
                row.getBoolean(8),
                row.getBoolean(9),
                row.getInt(10));
    }
}
