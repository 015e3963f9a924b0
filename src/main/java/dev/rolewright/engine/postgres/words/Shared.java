package dev.rolewright.engine.postgres.words;

/// A statement with a list in its middle: neighbours with the same beginning and end become one, with all their
/// operands between.
///
/// @param operand what this one adds to the list between head and tail
public record Shared(String head, String operand, String tail) {

    public boolean fits(Shared other) {
        return head.equals(other.head) && tail.equals(other.tail);
    }

    /// The statement as nobody shares it.
    public String alone() {
        return with(operand);
    }

    /// @param operands its own among them
    public String with(String operands) {
        return head + operands + tail;
    }
}
