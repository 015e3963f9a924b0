package dev.rolewright.engine.postgres;

import dev.rolewright.plan.Notice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was done by hand to our logins and roles that no step mends: strangers who joined them, attributes that we
/// never set, privileges that go by a person and not by a role.
final class Oddities {

    private static final int LOGINS_NAMED = 100;

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
                logins,
                roles,
                own.all(),
                logins,
                roles,
                logins,
                Keepers.prefix(context),
                Keepers.end(context),
                own.registrar());
        catalogue.read("attributes", oddities::addAttributes, roles, roles, logins, roles, roles, own.all());
        catalogue.read("held-directly", oddities::addHeld, logins, roles, own.all());
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

    private void addAttributes(ResultSet row) throws SQLException {
        String name = row.getString(1);
        add(
                Notice.Kind.OTHER,
                name + " is ours and has attributes that we do not give: " + row.getString(2),
                "ALTER ROLE " + Quoting.name(name) + " " + row.getString(3) + ";");
    }

    private void addHeld(ResultSet row) throws SQLException {
        String name = row.getString(1);
        String database = row.getString(2);
        long objects = row.getLong(4);
        String what = switch (row.getString(3)) {
            case "o" -> "is a contract role and owns ";
            case "r" -> "is a person's login and named in policies of ";
            default -> "is a person's login and holds privileges of its own on ";
        };
        if (notices.size() < LOGINS_NAMED) {
            notices.add(new Notice(
                    Notice.Kind.OTHER,
                    name + " " + what + objects + (objects == 1 ? " object" : " objects")
                            + (database.isEmpty() ? " of the server" : " in " + database),
                    Optional.empty()));
        }
    }

    private void add(Notice.Kind kind, String sentence, String remedy) {
        notices.add(new Notice(kind, sentence, Optional.of(remedy)));
    }
}
