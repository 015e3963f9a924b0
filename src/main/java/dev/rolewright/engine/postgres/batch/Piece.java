package dev.rolewright.engine.postgres.batch;

import dev.rolewright.engine.postgres.words.Shared;
import dev.rolewright.model.RoleName;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What one step becomes.
///
/// @param actor in whose name the step's own statements run; empty for the grantor's
/// @param alone statements of its own
/// @param later more of them, which may wait for those of the neighbours
/// @param together a statement that neighbours with the same beginning and end share; the grantor runs it
/// @param more what cannot be said beforehand, after the statements
public record Piece(
        Optional<RoleName> actor,
        List<String> alone,
        List<String> later,
        Optional<Shared> together,
        Optional<Task> more) {

    /// Nothing has to be done.
    public static final Piece NOTHING = of();

    @FunctionalInterface
    public interface Task {
        void run(Connection connection) throws SQLException;
    }

    public static Piece of(String... statements) {
        return of(List.of(statements));
    }

    public static Piece of(List<String> statements) {
        return new Piece(Optional.empty(), statements, List.of(), Optional.empty(), Optional.empty());
    }

    public static Piece of(Shared statement) {
        return of().and(statement);
    }

    public static Piece task(Task task) {
        return new Piece(Optional.empty(), List.of(), List.of(), Optional.empty(), Optional.of(task));
    }

    public Piece by(Optional<RoleName> keeper) {
        return new Piece(keeper, alone, later, together, more);
    }

    public Piece then(String statement) {
        return new Piece(actor, alone, List.of(statement), together, more);
    }

    public Piece and(Shared statement) {
        return new Piece(actor, alone, later, Optional.of(statement), more);
    }

    /// Whether both can go into one run, with one shared statement at its end.
    boolean joins(Piece other) {
        return more.isEmpty()
                && other.more.isEmpty()
                && together.isPresent()
                && other.together.filter(together.get()::fits).isPresent();
    }
}
