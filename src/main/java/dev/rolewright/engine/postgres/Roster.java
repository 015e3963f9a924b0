package dev.rolewright.engine.postgres;

import dev.rolewright.engine.postgres.Marks.LoginMark;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Strangers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who is on the server: our logins within a scope, our contract roles, and strangers.
///
/// A look at some reads by the indexes on names and members only, so that it does not take longer where there are
/// more logins. Only for a person whom no name leads to, all comments are read: the login may have been renamed.
final class Roster {

    /// A login of ours.
    record Ours(long id, String name, boolean canLogIn, LoginMark mark) {}

    private final Catalogue catalogue;
    private final Context context;
    private final OwnIds own;
    private final Map<Long, Ours> logins = new HashMap<>();
    private final Map<Long, RoleName> contractRoles = new HashMap<>();
    private final Set<String> strangers = new HashSet<>();
    private final List<Notice> notices = new ArrayList<>();
    private long strangeLogins;
    private long strangeRoles;

    Roster(Catalogue catalogue, Context context, OwnIds own) {
        this.catalogue = catalogue;
        this.context = context;
        this.own = own;
    }

    void read(Scope scope) {
        catalogue.read("logins", row -> addRole(row, row.getString(4)), own.roleMarker());
        switch (scope) {
            case Scope.Whole _ -> {
                catalogue.read("logins", row -> addLogin(row, row.getString(4)), own.marker());
                catalogue.read("unmarked", this::addUnmarked, own.marker(), own.roleMarker());
            }
            case Scope.Some some -> readSome(some);
        }
    }

    Map<Long, Ours> logins() {
        return logins;
    }

    Map<Long, RoleName> contractRoles() {
        return contractRoles;
    }

    Strangers strangers() {
        return new Strangers(strangeLogins, strangeRoles, strangers);
    }

    /// What carries half a mark.
    List<Notice> notices() {
        return notices;
    }

    private void readSome(Scope.Some some) {
        Set<String> names = some.names().stream().map(LoginName::value).collect(Collectors.toSet());
        Set<PersonId> people = new HashSet<>(some.people());
        if (!names.isEmpty()) {
            catalogue.read("named", this::addNamed, own.marker(), own.roleMarker(), names);
        }
        logins.values().forEach(login -> {
            names.remove(login.name());
            people.remove(login.mark().person());
        });
        if (!people.isEmpty()) {
            Set<String> marks = people.stream()
                    .map(person -> context.marks().login(person, Optional.empty()))
                    .collect(Collectors.toSet());
            int length = marks.iterator().next().length();
            catalogue.read("commented", row -> addLogin(row, row.getString(4)), own.marker(), length, marks);
        }
        LookAlikes others = LookAlikes.of(names);
        if (!others.lows().isEmpty()) {
            catalogue.walkIndexes();
            Set<String> folded =
                    names.stream().map(name -> new LoginName(name).folded()).collect(Collectors.toSet());
            catalogue.read("look-alikes", row -> addLookAlike(row.getString(1), folded), others.lows(), others.highs());
        }
    }

    private void addNamed(ResultSet row) throws SQLException {
        String comment = row.getString(4);
        if (row.getBoolean(5)) {
            addLogin(row, comment);
        } else if (!row.getBoolean(6) && !own.contains(row.getLong(1))) {
            addStranger(row, comment, "is no member of " + context.own().marker());
        }
    }

    private void addUnmarked(ResultSet row) throws SQLException {
        if (!own.contains(row.getLong(1))) {
            addStranger(row, row.getString(4), "is no member of a marker role");
        }
    }

    private void addLogin(ResultSet row, @Nullable String comment) throws SQLException {
        Optional<LoginMark> mark = context.marks().readLogin(comment);
        if (mark.isPresent()) {
            Ours login = new Ours(row.getLong(1), row.getString(2), row.getBoolean(3), mark.get());
            logins.put(login.id(), login);
        } else if (!own.contains(row.getLong(1))) {
            addStranger(row, context.marks().role(), "has no comment that says whose it is");
        }
    }

    private void addRole(ResultSet row, @Nullable String comment) throws SQLException {
        if (context.marks().isRole(comment)) {
            contractRoles.put(row.getLong(1), new RoleName(row.getString(2)));
        } else if (!own.contains(row.getLong(1))) {
            addStranger(row, context.marks().role(), "has no comment that says that it is a contract role");
        }
    }

    private void addStranger(ResultSet row, @Nullable String comment, String lacks) throws SQLException {
        String name = row.getString(2);
        if (!strangers.add(name)) {
            return;
        }
        if (row.getLong(1) >= OwnIds.FIRST_OF_USERS && !name.startsWith(Keepers.prefix(context))) {
            if (row.getBoolean(3)) {
                strangeLogins++;
            } else {
                strangeRoles++;
            }
        }
        if (context.marks().claims(comment)) {
            notices.add(new Notice(
                    Notice.Kind.MARK_DAMAGED,
                    name + " carries half our mark: it " + lacks + "; it counts as a stranger",
                    Optional.empty()));
        }
    }

    private void addLookAlike(String name, Set<String> folded) {
        RoleName role = new RoleName(name);
        if (folded.contains(role.folded()) && !contractRoles.containsValue(role)) {
            strangers.add(name);
        }
    }
}
