package dev.rolewright.engine.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/// What one step becomes.
///
/// @param alone statements of its own, in order
/// @param together a statement that neighbours with the same beginning and end share
/// @param more what cannot be said beforehand, after the statements
record Piece(List<String> alone, Optional<Shared> together, Optional<Task> more) {

    /// Nothing has to be done.
    static final Piece NOTHING = of();

    /// @param operand what this step adds to the list between head and tail
    record Shared(String head, String operand, String tail) {

        boolean fits(Shared other) {
            return head.equals(other.head) && tail.equals(other.tail);
        }
    }

    interface Task {
        void run(Connection connection) throws SQLException;
    }

    static Piece of(String... statements) {
        return new Piece(List.of(statements), Optional.empty(), Optional.empty());
    }

    static Piece of(List<String> statements) {
        return new Piece(statements, Optional.empty(), Optional.empty());
    }

    static Piece shared(String head, String operand, String tail) {
        return new Piece(List.of(), Optional.of(new Shared(head, operand, tail)), Optional.empty());
    }

    static Piece task(Task task) {
        return new Piece(List.of(), Optional.empty(), Optional.of(task));
    }

    Piece and(String head, String operand, String tail) {
        return new Piece(alone, Optional.of(new Shared(head, operand, tail)), more);
    }
}
