package dev.rolewright.reconcile.targets;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.rolewright.amendment.Contracts;
import dev.rolewright.engine.EngineFailure;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Census;
import dev.rolewright.plan.Note;
import dev.rolewright.reach.Sessions;
import dev.rolewright.reconcile.targets.TargetStatus.Failure;
import dev.rolewright.reconcile.targets.TargetStatus.Health;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// The targets of the active contract and how they are doing.
@ApplicationScoped
public class Targets {

    static final TypeReference<List<Note>> NOTES = new TypeReference<>() {};

    private static final String SELECT = """
            SELECT product, logins, active, memberships, notes, last_whole, failures, failed, failure_kind, failure, remedy,
                   not_before, outrun IS NOT NULL,
                   (SELECT count(*) FROM dirty WHERE target = s.target),
                   (SELECT count(*) FROM login WHERE target = s.target AND NOT settled)
            FROM target_state s WHERE target = ?""";

    private final Contracts contracts;
    private final Sessions sessions;
    private final Store store;

    Targets(Contracts contracts, Sessions sessions, Store store) {
        this.contracts = contracts;
        this.sessions = sessions;
        this.store = store;
    }

    /// By name.
    public List<TargetStatus> all() {
        return contracts.active().stream()
                .flatMap(active -> active.contract().targets().values().stream())
                .sorted(Comparator.comparing(Target::name))
                .map(this::status)
                .toList();
    }

    /// Empty when the active contract has no such target.
    public Optional<TargetStatus> one(TargetName name) {
        return contracts
                .active()
                .flatMap(active ->
                        Optional.ofNullable(active.contract().targets().get(name)))
                .map(this::status);
    }

    public TargetStatus status(Target target) {
        boolean configured = sessions.canReach(target);
        return store.first(
                        SELECT,
                        row -> status(target, configured, row),
                        target.name().value())
                .orElseGet(() -> new TargetStatus(
                        target,
                        configured ? Health.NEW : Health.NOT_CONFIGURED,
                        Optional.empty(),
                        0,
                        new Census(0, 0, 0),
                        0,
                        List.of(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty()));
    }

    private TargetStatus status(Target target, boolean configured, ResultSet row) throws SQLException {
        Optional<Instant> lastWhole = Store.time(row, 6);
        Optional<Failure> failure = failure(row);
        return new TargetStatus(
                target,
                health(configured, row.getBoolean(13), lastWhole, failure),
                Store.text(row, 1),
                row.getLong(14),
                new Census(row.getLong(2), row.getLong(3), row.getLong(4)),
                row.getLong(15),
                JsonColumn.read(row.getString(5), NOTES),
                lastWhole,
                failure,
                Store.time(row, 12));
    }

    private static Health health(
            boolean configured, boolean outrun, Optional<Instant> lastWhole, Optional<Failure> failure) {
        if (!configured) {
            return Health.NOT_CONFIGURED;
        }
        Health answering = outrun ? Health.STORE_OLDER : lastWhole.isPresent() ? Health.READY : Health.NEW;
        return failure.map(last -> last.kind().mendsItself() ? Health.FAILING : Health.BROKEN)
                .orElse(answering);
    }

    private static Optional<Failure> failure(ResultSet row) throws SQLException {
        return row.getInt(7) == 0
                ? Optional.empty()
                : Optional.of(new Failure(
                        EngineFailure.Kind.valueOf(row.getString(9)),
                        row.getString(10),
                        Store.text(row, 11),
                        Store.instant(row, 8),
                        row.getInt(7)));
    }
}
