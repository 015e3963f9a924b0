package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.OwnIds;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Quoting;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What was done by hand to our logins and roles that no step mends: strangers who joined them.
public final class Oddities {

    private final Context context;
    private final List<Finding> findings = new ArrayList<>();

    private Oddities(Context context) {
        this.context = context;
    }

    public static List<Finding> read(Context context, Catalogue catalogue, OwnIds own) {
        Oddities oddities = new Oddities(context);
        long logins = own.marker();
        long roles = own.roleMarker();
        catalogue.read(
                "strangers-in-roles",
                oddities::addStranger,
                own.makerOfKeepers(context),
                logins,
                roles,
                logins,
                roles,
                own.all(),
                own.all(),
                logins,
                List.of(own.grantor(), own.registrar(), own.quarantine(), own.connector()),
                own.all());
        return oddities.findings;
    }

    private void addStranger(ResultSet row) throws SQLException {
        String role = row.getString(1);
        String member = row.getString(2);
        Optional<String> grantor = Optional.ofNullable(row.getString(3));
        String by = context.keepsGrantors()
                ? grantor.map(name -> " GRANTED BY " + Quoting.name(name)).orElse("")
                : "";
        findings.add(Finding.dangerous(
                Subject.STRANGERS,
                member + " is not ours and a member of " + role
                        + grantor.map(name -> ", given by " + name).orElse(""),
                Optional.of("REVOKE " + Quoting.name(role) + " FROM " + Quoting.name(member) + by + ";")));
    }
}
