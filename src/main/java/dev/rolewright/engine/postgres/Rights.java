package dev.rolewright.engine.postgres;

import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Check.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which rights our work needs and does not have, each with the statement that gives it, and which it has and does not
/// need, each with the statement that takes it.
final class Rights {

    private static final int NAMED = 20;

    private final Context context;
    private final Catalogue catalogue;
    private final OwnIds own;
    private final List<Finding> findings = new ArrayList<>();

    private Rights(Context context, Catalogue catalogue, OwnIds own) {
        this.context = context;
        this.catalogue = catalogue;
        this.own = own;
    }

    static List<Finding> read(Context context, Catalogue catalogue, OwnIds own) {
        Rights rights = new Rights(context, catalogue, own);
        rights.checkMissing();
        rights.checkPowers();
        return rights.findings;
    }

    /// Nothing is ever missing for a superuser, so whoever hands one in would not be told anything else.
    private void checkPowers() {
        catalogue.read(
                "powers",
                row -> findings.add(Finding.dangerous(
                        Subject.POWERS,
                        "our work does not need it: " + row.getString(1),
                        Optional.ofNullable(row.getString(2)))),
                own.grantor(),
                own.registrar(),
                own.all(),
                Keepers.registrar(context, own),
                own.grantor(),
                own.registrar());
    }

    private void checkMissing() {
        OwnRoles roles = context.own();
        String grantor = Quoting.name(roles.grantor());
        checkMakers();
        if (own.grantor() != 0) {
            long registrar = Keepers.registrar(context, own);
            String heir = context.reach().target().heir().map(RoleName::value).orElse("");
            catalogue.read(
                    "rights",
                    row -> findings.add(new Finding(
                            Subject.valueOf(row.getString(1)),
                            Verdict.MISSING,
                            "our work lacks a right: " + row.getString(2),
                            Optional.ofNullable(row.getString(3)))),
                    heir,
                    own.grantor(),
                    registrar,
                    registrar,
                    registrar,
                    registrar);
            checkAdministered();
        }
        Map<RoleName, Long> others = new LinkedHashMap<>();
        others.put(roles.marker(), own.marker());
        others.put(roles.roleMarker(), own.roleMarker());
        others.put(roles.quarantine(), own.quarantine());
        others.forEach((role, id) -> {
            if (id == 0) { // made by the grantor, who may pass on and change what it made
                add(
                        role.equals(roles.quarantine()) ? Subject.QUARANTINE : Subject.MARKERS,
                        missing(role),
                        "SET ROLE " + grantor + "; CREATE ROLE " + Quoting.name(role) + " NOLOGIN; RESET ROLE;");
            }
        });
    }

    private void checkMakers() {
        OwnRoles roles = context.own();
        List<RoleName> missing = new ArrayList<>();
        if (own.grantor() == 0) {
            missing.add(roles.grantor());
        }
        if (own.registrar() == 0 && context.keepsGrantors()) {
            missing.add(roles.registrar());
        }
        Optional<String> renamed = Renamed.remedy(roles, context.marks(), catalogue, missing);
        missing.forEach(role -> add(
                role.equals(roles.grantor()) ? Subject.GRANTOR : Subject.REGISTRAR,
                missing(role),
                renamed.orElseGet(() -> making(role))));
    }

    private String making(RoleName role) {
        String name = Quoting.name(role);
        return "CREATE ROLE " + name + " NOLOGIN CREATEROLE; COMMENT ON ROLE " + name + " IS "
                + Quoting.text(context.marks().own()) + "; GRANT " + name + " TO "
                + Quoting.name(context.reach().user())
                + (context.keepsGrantors() ? " WITH INHERIT FALSE, SET TRUE;" : ";");
    }

    private static String missing(RoleName role) {
        return "role " + role + " of our own is missing";
    }

    private void checkAdministered() {
        List<String> names = new ArrayList<>();
        catalogue.read(
                "unadministered",
                row -> names.add(row.getString(1)),
                own.marker(),
                own.roleMarker(),
                List.of(own.marker(), own.roleMarker(), own.quarantine()),
                own.grantor(),
                own.grantor(),
                own.registrar());
        if (names.isEmpty()) {
            return;
        }
        String grantor = Quoting.name(context.own().grantor());
        StringBuilder remedy = new StringBuilder();
        names.stream()
                .limit(NAMED)
                .forEach(name -> remedy.append("GRANT ")
                        .append(Quoting.name(name))
                        .append(" TO ")
                        .append(grantor)
                        .append(" WITH ADMIN TRUE, INHERIT FALSE, SET FALSE; "));
        String more = names.size() > NAMED ? ", " + names.get(NAMED - 1) + " and more" : "";
        List<String> named = names.subList(0, Math.min(names.size(), NAMED) - (more.isEmpty() ? 0 : 1));
        add(
                Subject.MANAGED,
                "none of our roles made, and may change, " + String.join(", ", named) + more,
                remedy.toString().strip());
    }

    private void add(Subject subject, String sentence, String remedy) {
        findings.add(Finding.missing(subject, sentence, remedy));
    }
}
