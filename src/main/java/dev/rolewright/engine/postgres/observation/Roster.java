package dev.rolewright.engine.postgres.observation;

import dev.rolewright.engine.postgres.catalogue.Catalogue;
import dev.rolewright.engine.postgres.catalogue.OwnIds;
import dev.rolewright.engine.postgres.words.Context;
import dev.rolewright.engine.postgres.words.Marks.LoginMark;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.PersonId;
import dev.rolewright.model.RoleName;
import dev.rolewright.plan.Known;
import dev.rolewright.plan.Notice;
import dev.rolewright.plan.Scope;
import dev.rolewright.plan.Strangers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Who is on the server: our logins within a scope, our contract roles, and strangers.
///
/// A look at some reads by the indexes on names and members only, so that it does not take longer where there are
/// more logins. Only for a person whom no name leads to, all comments are read: the login may have been renamed.
final class Roster {

    /// A login of ours.
    ///
    /// @param suspendedSince as its mark says, or would say
    /// @param marked whether the mark is there
    record Ours(
            String id,
            LoginName name,
            PersonId person,
            boolean canLogIn,
            Optional<Instant> suspendedSince,
            boolean marked) {}

    private final Catalogue catalogue;
    private final Context context;
    private final OwnIds own;
    private final Map<String, Known.Login> known;
    private final String lineage;
    private final Map<Long, Ours> logins = new HashMap<>();
    private final Map<Long, RoleName> contractRoles = new HashMap<>();
    private final Set<String> strangers = new HashSet<>();
    private final Set<LoginName> strangeLogins = new HashSet<>();
    private final Map<String, LoginName> lost = new HashMap<>();
    private final List<Notice> notices = new ArrayList<>();
    private long strangeRoles;

    /// @param known logins of this server, by id
    Roster(Catalogue catalogue, Context context, OwnIds own, Map<String, Known.Login> known, String lineage) {
        this.catalogue = catalogue;
        this.context = context;
        this.own = own;
        this.known = known;
        this.lineage = lineage;
    }

    void read(Scope scope) {
        catalogue.read("logins", this::addRole, own.roleMarker());
        switch (scope) {
            case Scope.Whole _ -> {
                catalogue.read("logins", this::addLogin, own.marker());
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
        return new Strangers(strangeLogins, strangeRoles, strangers, lost);
    }

    /// What carries half a mark.
    List<Notice> notices() {
        return notices;
    }

    private void readSome(Scope.Some some) {
        Set<String> names = some.names().stream().map(LoginName::value).collect(Collectors.toSet());
        Set<PersonId> people = new HashSet<>(some.people());
        Set<String> ids = known.entrySet().stream()
                .filter(login -> people.contains(login.getValue().person())
                        || some.names().contains(login.getValue().name()))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        if (!names.isEmpty() || !ids.isEmpty()) {
            catalogue.read("named", this::addNamed, own.marker(), own.roleMarker(), names, ids);
        }
        logins.values().forEach(login -> {
            names.remove(login.name().value());
            people.remove(login.person());
        });
        if (!people.isEmpty()) {
            Set<String> marks = people.stream()
                    .map(person -> context.marks().login(person, Optional.empty()))
                    .collect(Collectors.toSet());
            int length = marks.iterator().next().length();
            catalogue.read("commented", this::addLogin, own.marker(), length, marks);
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
        if (row.getBoolean(5)) {
            addLogin(row);
        } else if (!isKnown(row) && !row.getBoolean(6) && !own.contains(row.getLong(1))) {
            addStranger(
                    row, row.getString(4), "is no member of " + context.own().marker());
        }
    }

    private void addUnmarked(ResultSet row) throws SQLException {
        if (!isKnown(row) && !own.contains(row.getLong(1))) {
            addStranger(row, row.getString(4), "is no member of a marker role");
        }
    }

    private void addLogin(ResultSet row) throws SQLException {
        long id = row.getLong(1);
        Optional<LoginMark> mark = context.marks().readLogin(row.getString(4));
        Known.Login login = known.get(row.getString(1));
        boolean isAnothers = login != null
                && mark.filter(it -> !it.person().equals(login.person())).isPresent();
        if (login != null && isAnothers && !isTheOneWeKnew(row, login)) {
            lost.put(login.id(), new LoginName(row.getString(2)));
        } else if (login != null && (isAnothers || mark.isEmpty())) {
            add(row, login);
            return;
        }
        if (mark.isPresent()) {
            add(row, login, mark.get(), true);
        } else if (!own.contains(id)) {
            addStranger(row, context.marks().role(), "has no comment that says whose it is");
        }
    }

    // A server that was put back to an earlier day may have given the id again, and we may have made the login that has
    // it now for somebody else, before we could write that down.
    private boolean isTheOneWeKnew(ResultSet row, Known.Login login) throws SQLException {
        return login.lineage().equals(lineage)
                || row.getString(2).equals(login.name().value());
    }

    private void addRole(ResultSet row) throws SQLException {
        if (isKnown(row)) {
            return;
        }
        if (context.marks().isRole(row.getString(4))) {
            contractRoles.put(row.getLong(1), new RoleName(row.getString(2)));
        } else if (!own.contains(row.getLong(1))) {
            addStranger(row, context.marks().role(), "has no comment that says that it is a contract role");
        }
    }

    /// Whether something that is no member of the logins' marker is a login of ours all the same.
    private boolean isKnown(ResultSet row) throws SQLException {
        Known.Login login = known.get(row.getString(1));
        if (login == null || logins.containsKey(row.getLong(1))) {
            return login != null;
        }
        if (speaksFor(row, login)) {
            add(row, login);
            return true;
        }
        lost.put(login.id(), new LoginName(row.getString(2)));
        return false;
    }

    private void add(ResultSet row, Known.Login login) throws SQLException {
        Optional<Instant> since = context.marks()
                .readLogin(row.getString(4))
                .filter(mark -> mark.person().equals(login.person()))
                .flatMap(LoginMark::suspendedSince)
                .or(login::suspendedSince);
        add(row, login, new LoginMark(login.person(), row.getBoolean(3) ? Optional.empty() : since), false);
    }

    // What is written down is not kept twice: there are very many logins.
    private void add(ResultSet row, Known.@Nullable Login login, LoginMark mark, boolean marked) throws SQLException {
        LoginName name = new LoginName(row.getString(2));
        logins.put(
                row.getLong(1),
                new Ours(
                        login == null ? row.getString(1) : login.id(),
                        login != null && login.name().equals(name) ? login.name() : name,
                        login != null && login.person().equals(mark.person()) ? login.person() : mark.person(),
                        row.getBoolean(3),
                        mark.suspendedSince(),
                        marked));
    }

    // A server that was put back to an earlier day gives ids again that it gave before, to others. From 16 on it keeps
    // who made a login; before, a suspended one has nothing of ours but the mark.
    private boolean speaksFor(ResultSet row, Known.Login login) throws SQLException {
        if (row.getLong(1) < OwnIds.FIRST_OF_USERS || own.contains(row.getLong(1))) {
            return false;
        }
        if (row.getString(2).equals(login.name().value())
                || (!context.keepsGrantors() && login.lineage().equals(lineage))
                || context.marks()
                        .readLogin(row.getString(4))
                        .filter(mark -> mark.person().equals(login.person()))
                        .isPresent()) {
            return true;
        }
        AtomicBoolean ours = new AtomicBoolean();
        catalogue.read(
                "dealt-with",
                found -> ours.set(found.getBoolean(1)),
                row.getLong(1),
                own.grantor(),
                own.roleMarker(),
                own.registrar());
        return ours.get();
    }

    private void addStranger(ResultSet row, @Nullable String comment, String lacks) throws SQLException {
        String name = row.getString(2);
        if (!strangers.add(name)) {
            return;
        }
        if (row.getLong(1) >= OwnIds.FIRST_OF_USERS && !name.startsWith(context.keeperPrefix())) {
            if (row.getBoolean(3)) {
                strangeLogins.add(new LoginName(name));
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
