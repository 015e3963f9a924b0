package dev.rolewright.engine.postgres;

import dev.rolewright.plan.Notice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was done by hand to our logins and roles that no step mends: strangers who joined them.
final class Oddities {

    private final Context context;
    private final List<Notice> notices = new ArrayList<>();

    private Oddities(Context context) {
        this.context = context;
    }

    static List<Notice> read(Context context, Catalogue catalogue, OwnIds own) {
        Oddities oddities = new Oddities(context);
        long logins = own.marker();
        long roles = own.roleMarker();
        catalogue.read(
                "strangers-in-roles",
                oddities::addStranger,
                Keepers.registrar(context, own),
                logins,
                roles,
                logins,
                roles,
                own.all(),
                own.all(),
                logins,
                List.of(own.grantor(), own.registrar(), own.quarantine(), own.connector()),
                own.all());
        return oddities.notices;
    }

    private void addStranger(ResultSet row) throws SQLException {
        String role = row.getString(1);
        String member = row.getString(2);
        Optional<String> grantor = Optional.ofNullable(row.getString(3));
        String by = context.keepsGrantors()
                ? grantor.map(name -> " GRANTED BY " + Quoting.name(name)).orElse("")
                : "";
        add(
                Notice.Kind.STRANGER_IN_ROLE,
                member + " is not ours and a member of " + role
                        + grantor.map(name -> ", given by " + name).orElse(""),
                "REVOKE " + Quoting.name(role) + " FROM " + Quoting.name(member) + by + ";");
    }

    private void add(Notice.Kind kind, String sentence, String remedy) {
        notices.add(new Notice(kind, sentence, Optional.of(remedy)));
    }
}
