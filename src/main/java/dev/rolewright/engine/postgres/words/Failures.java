package dev.rolewright.engine.postgres.words;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.EngineFailure.Kind;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Set;

/// What the server's codes mean, in our own sentences: its messages may quote a statement or a secret.
public final class Failures {

    /// What the server says when a lock was waited for in vain.
    private static final String HELD = "55P03";

    private static final Set<String> CONTENDED = Set.of("XX000", "23505", "40P01", "40001", HELD);
    private static final Set<String> GONE = Set.of("42704", "42P01", "42703", "42883", "3F000", "3D000");
    private static final Set<String> SERVER_WIDE =
            Set.of("25006", "53100", "53300", "57P01", "57P02", "57P03", "57P05", "58030", "25P03");

    private Failures() {}

    public static EngineFailure of(SQLException cause) {
        return of(cause, Optional.empty());
    }

    /// @param remedy the statement that gives our login the right it lacks; ignored for any other failure
    public static EngineFailure of(SQLException cause, Optional<String> remedy) {
        if (cause.getCause() instanceof EngineFailure known) {
            return known;
        }
        String code = code(cause);
        Kind kind = kind(code);
        EngineFailure failure = new EngineFailure(
                kind, code, sentence(kind, code), kind == Kind.RIGHT_MISSING ? remedy : Optional.empty());
        failure.setStackTrace(cause.getStackTrace()); // the cause itself quotes the statement
        return failure;
    }

    /// The same, of one database alone.
    public static EngineFailure in(String database, EngineFailure failure) {
        EngineFailure only = new EngineFailure(
                failure.kind(),
                failure.code(),
                "In database " + Quoting.shown(database) + ": " + failure.sentence(),
                failure.remedy());
        only.setStackTrace(failure.getStackTrace());
        return only;
    }

    /// What a look before the statement tells: the server never said it.
    public static EngineFailure changed(String sentence) {
        return new EngineFailure(Kind.CHANGED_MEANWHILE, sentence);
    }

    /// The same as when the server says that a lock was waited for in vain, of what nobody waits for any more.
    public static EngineFailure held() {
        return new EngineFailure(Kind.BUSY, HELD, sentence(Kind.BUSY, HELD), Optional.empty());
    }

    /// Whether two sessions stood in each other's way, so that the same can work at once. `XX000` is what the
    /// server says when a catalogue row was updated concurrently.
    public static boolean isContended(SQLException cause) {
        return CONTENDED.contains(code(cause));
    }

    /// Whether a lock was waited for in vain.
    public static boolean isHeld(SQLException cause) {
        return HELD.equals(code(cause));
    }

    /// Whether the server has no room for another lock.
    public static boolean isOutOfLocks(SQLException cause) {
        return "53200".equals(code(cause));
    }

    /// Whether nothing else would work either.
    public static boolean isServerWide(SQLException cause) {
        String code = code(cause);
        return code.startsWith("08") || SERVER_WIDE.contains(code);
    }

    /// Whether it was about something that does not exist any more.
    public static boolean isGone(SQLException cause) {
        return GONE.contains(code(cause));
    }

    /// Whether it may be that whoever was to act is not there any more.
    public static boolean mayBeWithoutActor(SQLException cause) {
        return "22023".equals(code(cause));
    }

    private static Kind kind(String code) {
        return switch (code) {
            case "42501", "0P000" -> Kind.RIGHT_MISSING;
            case "25006" -> Kind.READ_ONLY;
            case "53100", "53200", "53300", "53400", "58030" -> Kind.FULL;
            case "55P03", "57014", "40P01", "40001", "XX000", "23505", "55006", "25P03" -> Kind.BUSY;
            case "57P01", "57P02", "57P03", "57P05" -> Kind.UNREACHABLE;
            case "42704", "42710", "42P01", "42P07", "42703", "42883", "3F000", "3D000" -> Kind.CHANGED_MEANWHILE;
            case "2BP01", "2BP02", "54000", "0LP01", "42809", "42601", "42804", "42P17", "42939" -> Kind.UNSAFE;
            default ->
                switch (code.substring(0, Math.min(2, code.length()))) {
                    case "08" -> Kind.UNREACHABLE;
                    case "28" -> Kind.REFUSED;
                    default -> Kind.UNEXPECTED;
                };
        };
    }

    private static String sentence(Kind kind, String code) {
        return switch (kind) {
            case UNREACHABLE -> "The server does not answer, or the connection broke.";
            case REFUSED -> "The server does not let our login in.";
            case RIGHT_MISSING -> "Our login lacks a right for it.";
            case WRONG_VERSION -> "The server is of a version that is not supported.";
            case MOVED -> "It is another server than the one we know.";
            case SHARED -> "It is the server of another target.";
            case READ_ONLY -> "The server takes no changes: it is a standby or read-only.";
            case FULL -> "The server has no room for it (" + code + ").";
            case BUSY -> "Somebody else holds what is needed (" + code + ").";
            case CHANGED_MEANWHILE -> "Something is not there any more, or is already there (" + code + ").";
            case UNSAFE -> unsafe(code);
            case UNEXPECTED -> "The server refused it with code " + (code.isEmpty() ? "unknown" : code) + ".";
        };
    }

    private static String unsafe(String code) {
        return switch (code) {
            case "2BP01", "2BP02" -> "Something still depends on it.";
            case "54000" -> "The object has more grants than a row of the catalogue can hold.";
            case "0LP01" -> "The server does not allow such a membership.";
            case "42809" -> "The object is of another kind than that allows.";
            case "42601", "42804", "42P17" -> "The server does not understand the condition that was written.";
            default -> "The server does not allow it (" + code + ").";
        };
    }

    private static String code(SQLException cause) {
        String code = cause.getSQLState();
        return code == null ? "" : code;
    }
}
