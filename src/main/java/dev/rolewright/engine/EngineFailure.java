package dev.rolewright.engine;

import java.util.Objects;
import java.util.Optional;

/// Something a server did not do, of a closed kind.
///
/// The sentence is ours: it quotes no statement and no message of the server that could carry a secret.
public final class EngineFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public enum Kind {
        /// Nobody answers, or the line broke.
        UNREACHABLE,
        /// The server does not let us in.
        REFUSED,
        /// Our login may not do it; an administrator has to run the remedy.
        RIGHT_MISSING,
        /// A version or product that this engine does not know.
        WRONG_VERSION,
        /// Another server than the one we know.
        MOVED,
        /// A server that another target has.
        SHARED,
        /// A standby, or a server that was made read-only.
        READ_ONLY,
        /// No room: disk, memory, connections.
        FULL,
        /// Somebody else holds what we need; later it may work.
        BUSY,
        /// Something is not, or is already, there.
        CHANGED_MEANWHILE,
        /// It cannot be done safely as things are.
        UNSAFE,
        /// The server says something that we do not understand.
        UNEXPECTED;

        /// Whether the same may work soon, without anybody doing anything.
        public boolean mendsItself() {
            return switch (this) {
                case UNREACHABLE, BUSY, FULL, CHANGED_MEANWHILE -> true;
                case REFUSED, RIGHT_MISSING, WRONG_VERSION, MOVED, SHARED, READ_ONLY, UNSAFE, UNEXPECTED -> false;
            };
        }

        /// Whether it may be of some people or things only, so that others can be looked at all the same.
        public boolean isOfSome() {
            return switch (this) {
                case RIGHT_MISSING, FULL, BUSY, CHANGED_MEANWHILE, UNSAFE, UNEXPECTED -> true;
                case UNREACHABLE, REFUSED, WRONG_VERSION, MOVED, SHARED, READ_ONLY -> false;
            };
        }
    }

    private final Kind kind;
    private final String code;
    private final transient Optional<String> remedy;

    /// Something that is not the server's word, and that no statement puts right.
    public EngineFailure(Kind kind, String sentence) {
        this(kind, "", sentence, Optional.empty());
    }

    /// @param code the server's own code for it, such as an SQLSTATE; empty when there is none
    /// @param remedy the statement that an administrator could run
    public EngineFailure(Kind kind, String code, String sentence, Optional<String> remedy) {
        super(sentence);
        this.kind = kind;
        this.code = code;
        this.remedy = remedy;
    }

    public String sentence() {
        return Objects.requireNonNull(getMessage());
    }

    public Kind kind() {
        return kind;
    }

    public String code() {
        return code;
    }

    public Optional<String> remedy() {
        return remedy;
    }

    /// What failed and, where somebody else could do it, the statement for that.
    public String advice() {
        return sentence()
                + remedy.map(sql -> " An administrator can run: " + sql).orElse("");
    }
}
