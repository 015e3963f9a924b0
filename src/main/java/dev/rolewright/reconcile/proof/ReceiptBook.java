package dev.rolewright.reconcile.proof;

import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Account;
import dev.rolewright.plan.Line;
import dev.rolewright.plan.PlanJson;
import dev.rolewright.plan.Step;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/// The rows about proofs that are owed, and what came of them.
@ApplicationScoped
public class ReceiptBook {

    /// What was promised and not fulfilled is looked at when nobody can be at it any more. While an open
    /// session may have become a role, that is not gone.
    private static final String OWED = """
            FROM receipt r JOIN target_state t USING (target) WHERE r.target = ? AND r.verdict IS NULL
              AND (r.done <= now() - ? * interval '1 millisecond'
                   OR r.done IS NULL AND (t.lease_until IS NULL OR t.lease_until < now()
                       OR EXISTS (SELECT FROM pass p WHERE p.target = r.target AND p.id > r.pass)))
              AND NOT (r.what = 'revoked' AND EXISTS (
                  SELECT FROM login l WHERE l.target = r.target AND l.person = r.person AND l.hiding))""";

    private static final String SETTLE = """
            UPDATE receipt r SET proven = now(), done = coalesce(done, now()), verdict = t.verdict, why = t.why,
                checks = t.checks::jsonb, suspended = t.suspended, overtaken = t.overtaken,
                requests = ARRAY(SELECT jsonb_array_elements_text(t.requests::jsonb))
            FROM unnest(?, ?, ?, ?, ?, ?, ?) AS t (id, verdict, why, checks, suspended, overtaken, requests)
            WHERE r.id = t.id AND r.verdict IS NULL
            RETURNING r.id, r.asked, r.proven""";

    private final Store store;

    ReceiptBook(Store store) {
        this.store = store;
    }

    /// What came of a debt.
    ///
    /// @param overtaken the pass that gave something back before the server was asked
    record Verdict(Debt debt, Evidence evidence, Optional<Long> overtaken, List<String> requests) {

        boolean isProven() {
            return evidence.holds();
        }

        Optional<String> why() {
            return evidence.why()
                    .map(why -> overtaken
                            .map(pass -> "pass " + pass + " gave it back before the server was asked; " + why)
                            .orElse(why));
        }
    }

    /// A row that now has a verdict, and how long that took.
    record Settled(long id, Duration time) {}

    /// The oldest debts of a target.
    ///
    /// @param age younger ones are left to the process that made the pass
    List<Debt> owed(TargetName target, Duration age, int limit) {
        return store.all(
                "SELECT r.id, r.person, r.login, r.server_id, r.pass, r.what, r.done IS NOT NULL, r.lost, r.kept, r.asked,"
                        + " r.claimed, r.server " + OWED + " ORDER BY r.id LIMIT ?",
                ReceiptBook::debt,
                target.value(),
                age.toMillis(),
                limit);
    }

    /// Targets with debts, but for those that are left alone at present.
    List<TargetName> debtors() {
        return store.all(
                "SELECT target FROM target_state t WHERE NOT retired AND (not_before IS NULL OR not_before <= now())"
                        + " AND EXISTS (SELECT FROM receipt r WHERE r.target = t.target AND r.verdict IS NULL)",
                row -> new TargetName(row.getString(1)));
    }

    public long owed() {
        return store.first("SELECT count(*) FROM receipt WHERE verdict IS NULL", row -> row.getLong(1))
                .orElse(0L);
    }

    /// Writes down what came of debts that nobody else has settled.
    List<Settled> settle(List<Verdict> verdicts) {
        return store.all(
                SETTLE,
                row -> new Settled(row.getLong(1), Duration.between(Store.instant(row, 2), Store.instant(row, 3))),
                verdicts.stream().map(verdict -> verdict.debt().id()).toArray(Long[]::new),
                verdicts.stream().map(Verdict::isProven).toArray(Boolean[]::new),
                verdicts.stream().map(verdict -> verdict.why().orElse(null)).toArray(String[]::new),
                verdicts.stream()
                        .map(verdict -> JsonColumn.text(verdict.evidence().checks()))
                        .toArray(String[]::new),
                verdicts.stream()
                        .map(verdict -> verdict.evidence()
                                .suspended()
                                .map(Store::offset)
                                .orElse(null))
                        .toArray(OffsetDateTime[]::new),
                verdicts.stream()
                        .map(verdict -> verdict.overtaken().orElse(null))
                        .toArray(Long[]::new),
                verdicts.stream()
                        .map(verdict -> JsonColumn.text(verdict.requests()))
                        .toArray(String[]::new));
    }

    /// Takes back promises of passes that died before they took anything: the pass that does it owes the proof.
    void withdraw(Collection<Debt> promises) {
        if (!promises.isEmpty()) {
            store.run("DELETE FROM receipt WHERE id = ANY (?) AND verdict IS NULL", (Object)
                    promises.stream().map(Debt::id).toArray(Long[]::new));
        }
    }

    /// The first later pass that gave something to the person, as its plan says.
    Optional<Long> overtaker(Debt debt, TargetName target) {
        return store
                .all(
                        """
                        SELECT p.id, part.lines FROM pass p, LATERAL (
                            SELECT p.plan -> 'lines' AS lines UNION ALL SELECT r.lines FROM pass_plan r WHERE r.pass = p.id) part
                        WHERE p.target = ? AND p.id > ? AND p.plan IS NOT NULL AND strpos(part.lines::text, ?) > 0 ORDER BY p.id""",
                        row -> Map.entry(row.getLong(1), row.getString(2)),
                        target.value(),
                        debt.pass(),
                        debt.person().toString())
                .stream()
                .filter(part -> givesTo(debt.person(), JsonColumn.read(part.getValue(), PlanJson::readLines)))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static boolean givesTo(PersonId person, List<Line> lines) {
        return lines.stream().map(Line::step).anyMatch(step -> switch (step) {
            case Step.CreateLogin(var account, var _) -> account.person().equals(person);
            case Step.ResumeLogin(var account, var _) -> account.person().equals(person);
            case Step.Join(var account, var _) -> account.person().equals(person);
            case Step.OfLogin _, Step.OfRole _, Step.OfTable _ -> false;
        });
    }

    private static Debt debt(ResultSet row) throws SQLException {
        PersonId person = new PersonId(row.getObject(2, UUID.class));
        Optional<String> id = Optional.of(row.getString(4)).filter(text -> !text.isEmpty());
        return new Debt(
                row.getLong(1),
                new Account(new LoginName(row.getString(3)), person, id),
                Store.text(row, 12),
                row.getLong(5),
                Store.word(Receipt.What.class, row.getString(6)),
                row.getBoolean(7),
                roles(row, 8),
                roles(row, 9),
                Store.instant(row, 10),
                Store.instant(row, 11));
    }

    private static Set<RoleName> roles(ResultSet row, int column) throws SQLException {
        return Arrays.stream(Store.texts(row, column)).map(RoleName::new).collect(Collectors.toUnmodifiableSet());
    }
}
