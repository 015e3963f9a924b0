package dev.rolewright.engine.postgres.readiness;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.OwnIds;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Entitlements;
import dev.rolewright.engine.postgres.words.OwnRoles;
import dev.rolewright.engine.postgres.words.Quoting;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Check.Verdict;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// Which rights our work needs and does not have, each with the statement that gives it, and which it has and does not
/// need, each with the statement that takes it.
public final class Rights {

    private static final int NAMED = 20;

    /// What a right is about, as the query calls it.
    private enum About {
        MAKER,
        KEEPER,
        SESSIONS,
        HEIR
    }

    private final Context context;
    private final Catalogue catalogue;
    private final OwnIds own;
    private final Entitlements entitlements;
    private final List<Finding> findings = new ArrayList<>();

    private Rights(Context context, Catalogue catalogue, OwnIds own) {
        this.context = context;
        this.catalogue = catalogue;
        this.own = own;
        this.entitlements = Entitlements.of(context);
    }

    public static List<Finding> read(Context context, Catalogue catalogue, OwnIds own) {
        Rights rights = new Rights(context, catalogue, own);
        rights.checkMissing();
        rights.checkPowers();
        rights.checkPowerless();
        return rights.findings;
    }

    /// Nothing is ever missing for a superuser, so whoever hands one in would not be told anything else.
    private void checkPowers() {
        catalogue.read(
                "powers",
                row -> unneeded(row.getString(1), Optional.ofNullable(row.getString(2))),
                own.grantor(),
                own.registrar(),
                own.all(),
                own.makerOfKeepers(context),
                own.grantor(),
                own.registrar());
    }

    /// Everybody of ours is a member of a marker, and leavers' code runs as the quarantine.
    private void checkPowerless() {
        List<Long> powerless = List.of(own.marker(), own.roleMarker(), own.quarantine());
        catalogue.read("held-by-markers", this::addHeld, powerless, powerless);
    }

    private void addHeld(ResultSet row) throws SQLException {
        String holder = row.getString(1);
        String role = row.getString(2);
        Optional<String> database = Optional.ofNullable(row.getString(4));
        if (role != null) {
            String by = context.keepsGrantors() ? " GRANTED BY " + Quoting.name(row.getString(3)) : "";
            unneeded(
                    holder + " is a member of " + role,
                    Optional.of("REVOKE " + Quoting.name(role) + " FROM " + Quoting.name(holder) + by + ";"));
            return;
        }
        long objects = row.getLong(5);
        // What it owns would be dropped with what it was given.
        Optional<String> remedy = row.getBoolean(6)
                ? Optional.empty()
                : Optional.of("DROP OWNED BY " + Quoting.name(holder) + ";"
                        + database.map(Quoting::in).orElse(""));
        unneeded(
                holder + " holds something on " + objects + (objects == 1 ? " object" : " objects")
                        + database.map(name -> " in " + Quoting.shown(name)).orElse(" of the server"),
                remedy);
    }

    private void unneeded(String power, Optional<String> remedy) {
        findings.add(Finding.dangerous(Subject.POWERS, "our work does not need it: " + power, remedy));
    }

    private void checkMissing() {
        OwnRoles roles = context.own();
        checkMakers();
        checkGiven();
        if (own.grantor() != 0) {
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
                        "SET ROLE " + Quoting.name(roles.grantor()) + "; " + making(role) + " RESET ROLE;");
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

    private void checkGiven() {
        long registrar = own.makerOfKeepers(context);
        catalogue.read(
                "rights",
                row -> {
                    String role = row.getString(2);
                    boolean one = row.getBoolean(3);
                    boolean other = row.getBoolean(4);
                    switch (About.valueOf(row.getString(1))) {
                        case MAKER -> addMaker(role, one, other);
                        case KEEPER ->
                            lacks(
                                    Subject.KEEPERS,
                                    role + " may not change the logins that it made",
                                    entitlements.keep(role, one, other));
                        case SESSIONS ->
                            lacks(
                                    Subject.SESSIONS,
                                    "the grantor may not end sessions",
                                    List.of(entitlements.useOf(role)));
                        case HEIR -> addHeir(role, one, other);
                    }
                },
                own.grantor(),
                registrar,
                registrar,
                context.reach().target().heir().map(RoleName::value).orElse(""),
                own.grantor());
    }

    private void addMaker(String role, boolean creates, boolean usable) {
        Subject subject = role.equals(context.own().grantor().value()) ? Subject.GRANTOR : Subject.REGISTRAR;
        if (!creates) {
            lacks(subject, "the " + subject.shown() + " may not create roles", List.of(Entitlements.createRoles(role)));
        }
        if (!usable) {
            lacks(
                    subject,
                    "our login may not become the " + subject.shown(),
                    List.of(entitlements.become(role, context.reach().user())));
        }
    }

    private void addHeir(String heir, boolean there, boolean superuser) {
        if (!there) {
            lacks(
                    Subject.HEIR,
                    "there is no role " + heir + ", the heir",
                    List.of("CREATE ROLE " + Quoting.name(heir) + " NOLOGIN", entitlements.actFor(heir)));
            return;
        }
        lacks(
                Subject.HEIR,
                "the grantor may not hand leavers' data to the heir, " + heir
                        + (superuser ? ", which is a superuser: let it be one no more, or name another" : ""),
                superuser ? List.of() : List.of(entitlements.actFor(heir)));
    }

    private void lacks(Subject subject, String sentence, List<String> remedy) {
        findings.add(new Finding(
                subject,
                Verdict.MISSING,
                "our work lacks a right: " + sentence,
                remedy.isEmpty() ? Optional.empty() : Optional.of(String.join("; ", remedy) + ";")));
    }

    private String making(RoleName role) {
        return String.join("; ", entitlements.make(role, context.reach().user())) + ";";
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
        String more = names.size() > NAMED ? ", " + names.get(NAMED - 1) + " and more" : "";
        List<String> named = names.subList(0, Math.min(names.size(), NAMED) - (more.isEmpty() ? 0 : 1));
        add(
                Subject.MANAGED,
                "none of our roles made, and may change, " + String.join(", ", named) + more,
                names.stream().limit(NAMED).map(entitlements::administer).collect(Collectors.joining("; ")) + ";");
    }

    private void add(Subject subject, String sentence, String remedy) {
        findings.add(Finding.missing(subject, sentence, remedy));
    }
}
