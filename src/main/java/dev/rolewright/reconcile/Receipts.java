package dev.rolewright.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.TargetName;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Proofs that people lost what they were to lose.
@ApplicationScoped
public class Receipts {

    private static final TypeReference<List<Receipt.Check>> CHECKS = new TypeReference<>() {};

    private static final String SELECT =
            "SELECT id, target, person, login, server_id, pass, what, asked, claimed, done,"
                    + " proven, verdict, why, checks, requests FROM receipt ";

    private final Store store;
    private final ObjectMapper json;

    Receipts(Store store, ObjectMapper json) {
        this.store = store;
        this.json = json;
    }

    /// Newest first.
    ///
    /// @param target empty for all targets
    /// @param person empty for everybody
    public List<Receipt> list(
            Optional<TargetName> target, Optional<PersonId> person, @Nullable Long olderThan, int limit) {
        String name = target.map(TargetName::value).orElse(null);
        UUID id = person.map(PersonId::value).orElse(null);
        return store.all(
                SELECT + "WHERE (?::text IS NULL OR target = ?) AND (?::uuid IS NULL OR person = ?) AND id < ?"
                        + " ORDER BY id DESC LIMIT ?",
                this::receipt,
                name,
                name,
                id,
                id,
                olderThan == null ? Long.MAX_VALUE : olderThan,
                limit);
    }

    public Optional<Receipt> find(long id) {
        return store.first(SELECT + "WHERE id = ?", this::receipt, id);
    }

    private Receipt receipt(ResultSet row) throws SQLException {
        return new Receipt(
                row.getLong(1),
                new TargetName(row.getString(2)),
                new PersonId(row.getObject(3, UUID.class)),
                new LoginName(row.getString(4)),
                row.getString(5),
                row.getLong(6),
                Receipt.What.valueOf(row.getString(7).toUpperCase(Locale.ROOT)),
                Store.instant(row, 8),
                Store.instant(row, 9),
                Store.instant(row, 10),
                proof(row),
                List.of(Store.texts(row, 15)));
    }

    private Optional<Receipt.Proof> proof(ResultSet row) throws SQLException {
        if (row.getObject(12) == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Receipt.Proof(
                    Store.instant(row, 11),
                    row.getBoolean(12),
                    Store.text(row, 13),
                    json.readValue(row.getString(14), CHECKS)));
        } catch (JsonProcessingException broken) {
            throw new IllegalStateException("a receipt in the store cannot be read", broken);
        }
    }
}
