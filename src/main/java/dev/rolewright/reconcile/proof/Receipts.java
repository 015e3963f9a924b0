package dev.rolewright.reconcile.proof;

import com.fasterxml.jackson.core.type.TypeReference;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.TargetName;
import dev.rolewright.store.JsonColumn;
import dev.rolewright.store.Store;
import jakarta.enterprise.context.ApplicationScoped;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Proofs that people lost what they were to lose.
@ApplicationScoped
public class Receipts {

    private static final TypeReference<List<Receipt.Check>> CHECKS = new TypeReference<>() {};

    /// Without promises of passes that are under way.
    private static final String SELECT =
            "SELECT id, target, person, login, server_id, pass, what, asked, claimed, done, proven, verdict, why, checks,"
                    + " requests, suspended, lost, kept, overtaken FROM receipt WHERE done IS NOT NULL AND id < ? ";

    private final Store store;

    Receipts(Store store) {
        this.store = store;
    }

    /// Newest first.
    ///
    /// @param target empty for all targets
    /// @param person empty for everybody
    public List<Receipt> list(
            Optional<TargetName> target, Optional<PersonId> person, @Nullable Long olderThan, int limit) {
        StringBuilder sql = new StringBuilder(SELECT);
        List<Object> values = new ArrayList<>();
        values.add(olderThan == null ? Long.MAX_VALUE : olderThan);
        target.ifPresent(name -> {
            sql.append("AND target = ? ");
            values.add(name.value());
        });
        person.ifPresent(id -> {
            sql.append("AND person = ? ");
            values.add(id.value());
        });
        values.add(limit);
        return store.all(sql.append("ORDER BY id DESC LIMIT ?").toString(), Receipts::receipt, values.toArray());
    }

    public Optional<Receipt> find(long id) {
        return store.first(SELECT + "AND id = ?", Receipts::receipt, Long.MAX_VALUE, id);
    }

    private static Receipt receipt(ResultSet row) throws SQLException {
        return new Receipt(
                row.getLong(1),
                new TargetName(row.getString(2)),
                new PersonId(row.getObject(3, UUID.class)),
                new LoginName(row.getString(4)),
                row.getString(5),
                row.getLong(6),
                Store.word(Receipt.What.class, row.getString(7)),
                Store.instant(row, 8),
                Store.instant(row, 9),
                Store.time(row, 16),
                Store.instant(row, 10),
                roles(row, 17),
                roles(row, 18),
                proof(row),
                List.of(Store.texts(row, 15)));
    }

    private static Optional<Receipt.Proof> proof(ResultSet row) throws SQLException {
        return row.getObject(12) == null
                ? Optional.empty()
                : Optional.of(new Receipt.Proof(
                        Store.instant(row, 11),
                        row.getBoolean(12),
                        Store.text(row, 13),
                        Optional.ofNullable(row.getObject(19, Long.class)),
                        JsonColumn.read(row.getString(14), CHECKS)));
    }

    private static Set<RoleName> roles(ResultSet row, int column) throws SQLException {
        return Arrays.stream(Store.texts(row, column)).map(RoleName::new).collect(Collectors.toSet());
    }
}
