package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.connection.Connections;
import dev.rolewright.engine.postgres.connection.OpenLine;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.plan.Check.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How a server is set and how it is reached, as far as our work depends on it.
final class Circumstances {

    private static final String RESTART = " -- and a restart";

    private final Connections connections;
    private final Context context;
    private final List<Finding> findings = new ArrayList<>();

    private Circumstances(Connections connections, Context context) {
        this.connections = connections;
        this.context = context;
    }

    /// What is as it should be is among them.
    static List<Finding> read(Connections connections, Context context, Catalogue catalogue) {
        Circumstances circumstances = new Circumstances(connections, context);
        circumstances.read(catalogue);
        return circumstances.findings;
    }

    private void read(Catalogue catalogue) {
        catalogue.read("circumstances", row -> {
            primary(row.getBoolean(1), row.getBoolean(2), row.getString(3));
            encryption(row.getBoolean(4), row.getString(5), row.getBoolean(6));
            maintenance(row.getBoolean(7));
            reserved(row.getString(8), row.getBoolean(9));
            dated(row.getBoolean(10));
            passwords(row.getString(11));
        });
        findings.add(new Finding(
                Subject.ADMISSION,
                Verdict.UNKNOWN,
                "our login may not see pg_hba.conf; whoever is let in there by trust or peer needs no password",
                Optional.of("SELECT * FROM pg_hba_file_rules ORDER BY line_number;")));
    }

    private void primary(boolean standby, boolean readOnly, String writable) {
        if (standby) {
            add(Subject.PRIMARY, "the address leads to a standby; it is to lead to the primary");
        } else if (readOnly) {
            findings.add(Finding.missing(
                    Subject.PRIMARY, "default_transaction_read_only is on when our login comes in", writable));
        } else {
            ok(Subject.PRIMARY, "the server takes changes");
        }
    }

    private void encryption(boolean encrypted, String protocol, boolean within) {
        if (encrypted && OpenLine.isProven(context.reach().url())) {
            ok(Subject.ENCRYPTION, protocol + ", and the server proves who it is");
        } else if (encrypted) {
            unsafe(protocol
                    + ", but nothing proves that it is the server: the address has no sslmode=verify-full, or names a"
                    + " class of its own that decides whom to believe");
        } else if (within) {
            ok(Subject.ENCRYPTION, "nothing leaves this machine");
        } else {
            unsafe(
                    "nothing is encrypted on the way: the address has no sslmode=verify-full, or the server no certificate");
        }
    }

    private void unsafe(String sentence) {
        findings.add(Finding.dangerous(Subject.ENCRYPTION, sentence, Optional.empty()));
    }

    private void maintenance(boolean template) {
        String name = Quoting.shown(connections.maintenanceDatabase());
        if (template) {
            add(Subject.MAINTENANCE_DATABASE, name + " is a template, which nobody can copy while we are in it");
        } else {
            ok(Subject.MAINTENANCE_DATABASE, "the lock is taken in " + name);
        }
    }

    private void reserved(String connectionsKept, boolean mayUse) {
        if (!context.keepsGrantors()) {
            ok(Subject.RESERVED_CONNECTIONS, "are not known before PostgreSQL 16");
        } else if (!mayUse) {
            findings.add(Finding.missing(
                    Subject.RESERVED_CONNECTIONS,
                    "our login may not use them",
                    "GRANT pg_use_reserved_connections TO " + Quoting.name(connections.user())
                            + " WITH INHERIT TRUE, SET FALSE;"));
        } else if (connectionsKept.equals("0")) {
            findings.add(Finding.missing(
                    Subject.RESERVED_CONNECTIONS,
                    "the server keeps none",
                    "ALTER SYSTEM SET reserved_connections = 5;" + RESTART));
        } else {
            ok(Subject.RESERVED_CONNECTIONS, "the server keeps " + connectionsKept);
        }
    }

    private void dated(boolean on) {
        if (on) {
            ok(Subject.COMMIT_TIMESTAMP, "the server keeps when something was changed");
        } else {
            findings.add(Finding.missing(
                    Subject.COMMIT_TIMESTAMP,
                    "the server does not keep when something was changed",
                    "ALTER SYSTEM SET track_commit_timestamp = on;" + RESTART));
        }
    }

    private void passwords(String encryption) {
        if (encryption.equals("md5")) {
            findings.add(Finding.dangerous(
                    Subject.PASSWORD_ENCRYPTION,
                    "a password that somebody sets is kept as MD5",
                    Optional.of("ALTER SYSTEM SET password_encryption = 'scram-sha-256'; SELECT pg_reload_conf();")));
        } else {
            ok(Subject.PASSWORD_ENCRYPTION, encryption);
        }
    }

    private void ok(Subject subject, String sentence) {
        findings.add(Finding.ok(subject, sentence));
    }

    private void add(Subject subject, String sentence) {
        findings.add(new Finding(subject, Verdict.MISSING, sentence, Optional.empty()));
    }
}
