package dev.rolewright.scim;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// A request the protocol refuses: HTTP status, `scimType` where RFC 7644 §3.12 names one, and a sentence that names
/// the attribute and the rule.
///
/// The detail is sent to the client and may be logged, so it never repeats a value that could be a secret.
public final class ScimProblem extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private static final int LONGEST_NAME = 100;

    private final int status;
    private final @Nullable Type type;

    private ScimProblem(int status, @Nullable Type type, String detail, @Nullable Throwable cause) {
        super(Objects.requireNonNull(detail), cause, false, false);
        this.status = status;
        this.type = type;
    }

    /// The error keywords of RFC 7644 table 9 and RFC 9865 §2.2, spelled as they go over the wire.
    public enum Type {
        invalidFilter(400),
        tooMany(400),
        uniqueness(409),
        mutability(400),
        invalidSyntax(400),
        invalidPath(400),
        noTarget(400),
        invalidValue(400),
        invalidVers(400),
        sensitive(403),
        invalidCursor(400),
        expiredCursor(400),
        invalidCount(400);

        private final int status;

        Type(int status) {
            this.status = status;
        }

        public int status() {
            return status;
        }
    }

    /// A refusal with a keyword; the status follows from it.
    public static ScimProblem of(Type type, String detail) {
        return new ScimProblem(type.status(), type, detail, null);
    }

    /// A refusal for which the RFC has a status but no keyword.
    public static ScimProblem of(int status, String detail) {
        return new ScimProblem(status, null, detail, null);
    }

    /// A refusal whose reason is not the request.
    public static ScimProblem of(int status, String detail, Throwable cause) {
        return new ScimProblem(status, null, detail, cause);
    }

    public static ScimProblem notFound(String typeName, String id) {
        return of(404, typeName + " " + id + " does not exist");
    }

    /// A name that a client made up, short enough to be repeated in a detail.
    public static String shown(String clientsName) {
        return clientsName.length() <= LONGEST_NAME ? clientsName : clientsName.substring(0, LONGEST_NAME) + "…";
    }

    public int status() {
        return status;
    }

    public @Nullable Type type() {
        return type;
    }

    public String detail() {
        return Objects.requireNonNull(getMessage());
    }
}
