package dev.rolewright.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rolewright.model.Limits;
import dev.rolewright.model.TargetName;
import dev.rolewright.plan.Census;
import dev.rolewright.plan.PlanJson;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Plans that wait for a human.
@ApplicationScoped
public class Holds {

    private static final String SELECT = "SELECT id, target, state, plan, digest, why, census, limits, since, seen,"
            + " decided, decider, reason FROM hold ";

    private final Store store;
    private final ObjectMapper json;

    Holds(Store store, ObjectMapper json) {
        this.store = store;
        this.json = json;
    }

    /// Newest first.
    ///
    /// @param target empty for those of all targets
    /// @param openOnly without those that were decided or have passed
    public List<Hold> list(Optional<TargetName> target, boolean openOnly, @Nullable Long olderThan, int limit) {
        return store.all(
                SELECT + "WHERE (?::text IS NULL OR target = ?) AND (NOT ? OR state = 'open') AND id < ?"
                        + " ORDER BY id DESC LIMIT ?",
                this::hold,
                target.map(TargetName::value).orElse(null),
                target.map(TargetName::value).orElse(null),
                openOnly,
                olderThan == null ? Long.MAX_VALUE : olderThan,
                limit);
    }

    public Optional<Hold> find(long id) {
        return store.first(SELECT + "WHERE id = ?", this::hold, id);
    }

    private Hold hold(ResultSet row) throws SQLException {
        try {
            return new Hold(
                    row.getLong(1),
                    new TargetName(row.getString(2)),
                    Hold.State.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                    PlanJson.read(json.readTree(row.getString(4))),
                    row.getString(5),
                    List.of(Store.texts(row, 6)),
                    json.readValue(row.getString(7), Census.class),
                    json.readValue(row.getString(8), Limits.class),
                    Store.instant(row, 9),
                    Store.instant(row, 10),
                    decision(row));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a hold in the store cannot be read", broken);
        }
    }

    private static Optional<Hold.Decision> decision(ResultSet row) throws SQLException {
        return row.getString(12) == null
                ? Optional.empty()
                : Optional.of(new Hold.Decision(Store.instant(row, 11), row.getString(12), row.getString(13)));
    }
}
