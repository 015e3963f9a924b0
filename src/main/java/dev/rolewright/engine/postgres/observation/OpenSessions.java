package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.plan.Notice;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Who is connected, and what outlived its session or its login.
final class OpenSessions {

    private final Map<Long, Integer> open = new HashMap<>();
    private final List<Notice> notices = new ArrayList<>();

    static OpenSessions read(Catalogue catalogue, Map<Long, Roster.Ours> logins) {
        OpenSessions sessions = new OpenSessions();
        catalogue.read("sessions", row -> {
            long login = row.getLong(1);
            sessions.open.put(login, row.getInt(2));
            if (row.getBoolean(4)) {
                for (Object pid : (Object[]) row.getArray(3).getArray()) {
                    sessions.addGhost(login, pid);
                }
            }
        });
        catalogue.read("prepared", row -> {
            Roster.Ours owner = logins.get(row.getLong(1));
            if (owner != null) {
                sessions.addPrepared(owner.name().value(), row.getString(2), row.getString(3));
            }
        });
        return sessions;
    }

    int of(long login) {
        return open.getOrDefault(login, 0);
    }

    List<Notice> notices() {
        return notices;
    }

    private void addGhost(long login, Object pid) {
        notices.add(new Notice(
                Notice.Kind.GHOST_SESSION,
                "process " + pid + " is the session of a login that was dropped (id " + login + ")",
                Optional.of("SELECT pg_terminate_backend(" + pid + ");")));
    }

    private void addPrepared(String login, String transaction, String database) {
        notices.add(new Notice(
                Notice.Kind.PREPARED_TRANSACTION,
                login + " has prepared transaction " + transaction + " in " + database
                        + "; it holds its locks, and can still be committed, until somebody ends it",
                Optional.of("ROLLBACK PREPARED " + Quoting.text(transaction) + ";" + Quoting.in(database))));
    }
}
