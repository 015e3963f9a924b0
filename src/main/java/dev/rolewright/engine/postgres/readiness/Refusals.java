package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.engine.EngineFailure;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.plan.Check.Verdict;
import java.util.Optional;

/// Why a server does not let us in, as far as it says so.
final class Refusals {

    private Refusals() {}

    static Finding of(EngineFailure failure, String user, String database) {
        Subject subject = switch (failure.kind()) {
            case WRONG_VERSION -> Subject.VERSION;
            case READ_ONLY -> Subject.PRIMARY;
            case UNREACHABLE,
                    REFUSED,
                    RIGHT_MISSING,
                    MOVED,
                    SHARED,
                    FULL,
                    BUSY,
                    CHANGED_MEANWHILE,
                    UNSAFE,
                    UNEXPECTED -> Subject.REACHABLE;
        };
        return new Finding(
                subject,
                Verdict.MISSING,
                failure.sentence() + reason(failure.code(), user, database),
                failure.remedy().or(() -> remedy(failure.code(), user, database)));
    }

    private static String reason(String code, String user, String database) {
        return switch (code) {
            case "28P01" -> " The password is not that of " + user + ", or there is no such login.";
            case "28000" ->
                " No line of pg_hba.conf lets " + user + " into " + Quoting.shown(database)
                        + " from here, or it may not log in.";
            case "3D000" -> " There is no database " + Quoting.shown(database) + ".";
            case "42501" -> " " + user + " may not connect to " + Quoting.shown(database) + ".";
            default -> "";
        };
    }

    private static Optional<String> remedy(String code, String user, String database) {
        return code.equals("42501")
                ? Optional.of("GRANT CONNECT ON DATABASE " + Quoting.name(database) + " TO " + Quoting.name(user) + ";")
                : Optional.empty();
    }
}
