package dev.rolewright.contract;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.rolewright.contract.Environment.Power;
import dev.rolewright.contract.Fields.Placed;
import dev.rolewright.contract.Lifecycle.Credentials;
import dev.rolewright.contract.Mapping.Condition;
import dev.rolewright.contract.Node.Key;
import dev.rolewright.contract.Node.Keys;
import dev.rolewright.model.Limits;
import dev.rolewright.model.Protection;
import dev.rolewright.model.RoleKind;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Binder;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.schema.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Reads a contract, strictly: whatever is not understood is an error that says where.
public final class ContractReader {

    static final List<String> ENGINES = List.of("postgresql", "mariadb", "cassandra");

    private static final String USUAL_LOGIN = "{userName.local}";
    private static final Duration USUAL_GRACE = Duration.ofDays(30);
    private static final Set<String> TAKEN_BY_SERVERS = Set.of("public", "none");
    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private final Fields top;
    private final ResourceType user;
    private final Findings findings;
    private final GrantReader grants;
    private final List<String> environmentNames;
    private final List<String> targetNames;
    private final List<String> roleNames;

    private ContractReader(Fields top, ResourceType user, Findings findings) {
        this.top = top;
        this.user = user;
        this.findings = findings;
        this.grants = new GrantReader(findings);
        this.environmentNames = keys("environments").map(Key::name).toList();
        this.targetNames = keys("targets").map(Key::name).toList();
        this.roleNames = keys("roles").map(Key::name).toList();
    }

    /// @param files of one directory, in any order
    /// @param user the resource type that conditions and the login template speak of
    public static Reading read(List<SourceFile> files, ResourceType user) {
        Findings findings = new Findings();
        Keys tree = Sections.merge(files, findings);
        Contract contract = new ContractReader(Fields.of(tree, findings), user, findings).contract(tree);
        if (!findings.hasErrors()) {
            RoleChecks.check(contract, findings);
            RuleChecks.check(contract, findings);
        }
        return new Reading(findings.hasErrors() ? Optional.empty() : Optional.of(contract), findings.all());
    }

    /// Only whole when nothing was found on the way.
    private Contract contract(Keys tree) {
        Map<String, Environment> environments = named("environments", Shape.ENVIRONMENT, this::environment);
        Map<String, Target> targets = named("targets", Shape.TARGET, this::target);
        Map<String, Role> roles = named("roles", Shape.ROLE, (key, fields) -> role(key, fields, targets));
        return new Contract(
                Digest.of(tree.canonical()),
                0,
                environments,
                byKey(targets, TargetName::new),
                byKey(roles, RoleName::new),
                listed("mappings", Shape.MAPPING, this::mapping),
                listed("separation", Shape.SEPARATION, this::separation),
                listed("elevations", Shape.ELEVATION, this::elevation),
                lifecycle(),
                listed("services", Shape.SERVICE, this::service),
                protection(),
                brakes());
    }

    private Optional<Environment> environment(Key key, Fields fields) {
        if (!TargetName.isName(key.name())) {
            findings.error(
                    key.place(),
                    "\"" + key.name() + "\" cannot be the name of an environment.",
                    "Use lower-case letters, digits, underscores and hyphens, beginning with a letter.");
        }
        return Optional.of(new Environment(
                key.name(),
                within(fields, "approvals", 0, 0, 10),
                values(fields.list("forbid", Words.oneOf(Power.class))),
                fields.value("maxLease", Words::someTime),
                key.place()));
    }

    private Optional<Target> target(Key key, Fields fields) {
        if (!TargetName.isName(key.name())) {
            findings.error(
                    key.place(),
                    "\"" + key.name() + "\" cannot be the name of a target.",
                    "Use lower-case letters, digits, underscores and hyphens, beginning with a letter.");
            return Optional.empty();
        }
        Optional<String> engine = fields.value("engine", Words.defined("engine", ENGINES, Function.identity()));
        Optional<String> environment =
                fields.value("environment", Words.defined("environment", environmentNames, Function.identity()));
        Set<String> databases = values(fields.list("databases", Words::name));
        Optional<RoleName> heir = fields.value("heir", ContractReader::roleName);
        Target.Drift drift =
                fields.value("drift", Words.oneOf(Target.Drift.class)).orElse(Target.Drift.REPORT);
        if (engine.isEmpty() || environment.filter(TargetName::isName).isEmpty() || databases.isEmpty()) {
            return Optional.empty();
        }
        if (databases.contains(Target.EVERY_DATABASE) && databases.size() > 1) {
            findings.error(
                    fields.place("databases"),
                    "A target manages the databases it lists or all of them, not both.",
                    "Keep \"*\" alone or the names.");
            return Optional.empty();
        }
        return Optional.of(
                new Target(new TargetName(key.name()), engine.get(), environment.get(), databases, heir, drift));
    }

    private Optional<Role> role(Key key, Fields fields, Map<String, Target> targets) {
        Optional<RoleName> name = newRole(key);
        Optional<RoleKind> kind = fields.value("kind", Words.oneOf(RoleKind.class));
        Optional<String> purpose = fields.text("purpose");
        Optional<String> owner = fields.text("owner");
        Optional<TargetName> target = fields.value("target", Words.defined("target", targetNames, TargetName::new));
        Optional<Target> known = target.map(TargetName::value).map(targets::get);
        List<RoleGrant> granted = fields.parts("grants", Shape.GRANT).stream()
                .flatMap(grant -> grants.grant(grant, known).stream())
                .toList();
        List<Role.RowRule> rows = fields.parts("rows", Shape.ROWS).stream()
                .flatMap(row -> grants.row(row, known).stream())
                .toList();
        Set<RoleName> includes = values(fields.list("includes", this::definedRole));
        return name.isPresent() && kind.isPresent() && purpose.isPresent() && owner.isPresent() && target.isPresent()
                ? Optional.of(new Role(
                        name.get(),
                        kind.get(),
                        purpose.get(),
                        owner.get(),
                        target.get(),
                        granted,
                        rows,
                        includes,
                        key.place()))
                : Optional.empty();
    }

    private Optional<RoleName> newRole(Key key) {
        try {
            return Optional.of(roleName(key.name()));
        } catch (Misspelt e) {
            findings.error(key.place(), e.sentence(), e.fix());
            return Optional.empty();
        }
    }

    private static RoleName roleName(String text) {
        RoleName name = text.isEmpty() || text.length() > 63 ? new RoleName("?") : new RoleName(text);
        if (!name.isPlain()
                || TAKEN_BY_SERVERS.contains(name.folded())
                || name.folded().startsWith("pg_")) {
            throw new Misspelt(
                    "\"" + text + "\" cannot be the name of a role of ours.",
                    "Use at most 63 letters, digits and _ . - @ + $; public, none and pg_… belong to the server.");
        }
        return name;
    }

    private RoleName definedRole(String text) {
        if (!roleNames.contains(text) && Predefined.isName(text)) {
            throw new Misspelt(
                    "\"" + text + "\" is a role of the server itself, which no contract reaches.",
                    Predefined.equalsSuperuser(text)
                            ? "It equals superuser; grant what is needed on the objects themselves."
                            : "Grant what is needed on the objects themselves.");
        }
        return Words.defined("role", roleNames, RoleName::new).apply(text);
    }

    private Optional<Mapping> mapping(Fields fields) {
        Optional<String> name = fields.text("name");
        Optional<GroupSelector> group = group(fields, "group");
        Optional<Condition> when = fields.value("when", this::condition);
        Set<RoleName> roles = values(fields.list("roles", this::definedRole));
        var until = fields.value("until", Words::date);
        return name.isPresent() && group.isPresent() && !roles.isEmpty()
                ? Optional.of(new Mapping(name.get(), group.get(), when, roles, until, fields.place()))
                : Optional.empty();
    }

    private Condition condition(String text) {
        try {
            Filter filter = FilterParser.parse(text, FilterLimits.STANDARD);
            return new Condition(FilterPrinter.print(filter), Binder.bind(filter, user));
        } catch (ScimProblem e) {
            throw new Misspelt(
                    "This condition is not a SCIM filter on a user: " + e.detail() + ".",
                    "Write something like userType eq \"Employee\".");
        }
    }

    private Optional<GroupSelector> group(Fields fields, String key) {
        Optional<Fields> group = fields.part(key, Shape.GROUP);
        return group.flatMap(it -> exactlyOne(
                it,
                List.of(
                        it.value("displayName", GroupSelector.DisplayName::new),
                        it.value("externalId", GroupSelector.ExternalId::new),
                        it.value("matches", GroupSelector.Matches::new))));
    }

    private <T> Optional<T> exactlyOne(Fields fields, List<Optional<? extends T>> choices) {
        List<T> chosen = new ArrayList<>();
        choices.forEach(choice -> choice.ifPresent(chosen::add));
        if (chosen.size() != 1) {
            findings.error(fields.place(), "This does not say in exactly one way who is meant.", "Keep one key.");
            return Optional.empty();
        }
        return Optional.of(chosen.getFirst());
    }

    private Optional<Separation> separation(Fields fields) {
        Optional<String> name = fields.text("name");
        Set<RoleName> never = values(fields.list("never", this::definedRole));
        if (never.size() == 1) {
            findings.error(fields.place("never"), "One role alone is never held together.", "Name another one.");
        }
        return name.map(it -> new Separation(it, never, fields.place()));
    }

    private Optional<Elevation> elevation(Fields fields) {
        Optional<RoleName> role = fields.value("role", this::definedRole);
        Optional<GroupSelector> who = circle(fields, "who");
        Optional<GroupSelector> approvers = circle(fields, "approvers");
        Optional<Duration> atMost = fields.value("atMost", Words::someTime);
        return role.isPresent() && who.isPresent() && approvers.isPresent() && atMost.isPresent()
                ? Optional.of(new Elevation(role.get(), who.get(), approvers.get(), atMost.get(), fields.place()))
                : Optional.empty();
    }

    private Optional<GroupSelector> circle(Fields fields, String key) {
        return fields.part(key, Shape.CIRCLE).flatMap(circle -> group(circle, "group"));
    }

    private Optional<Service> service(Fields fields) {
        Optional<String> name = fields.value("name", text -> {
            if (!SERVICE_NAME.matcher(text).matches()) {
                throw new Misspelt(
                        "\"" + text + "\" cannot be the name of a service.",
                        "Use at most 63 lower-case letters, digits, underscores and hyphens.");
            }
            return text;
        });
        Optional<PersonSelector> owner = fields.part("owner", Shape.PERSON)
                .flatMap(it -> exactlyOne(
                        it,
                        List.of(
                                it.value("userName", PersonSelector.UserName::new),
                                it.value("externalId", PersonSelector.ExternalId::new))));
        Set<RoleName> roles = values(fields.list("roles", this::definedRole));
        Optional<Duration> rotateEvery = fields.value("rotateEvery", Words::someTime);
        Optional<Integer> connections =
                fields.has("connections") ? Optional.of(within(fields, "connections", 1, 1, 10_000)) : Optional.empty();
        return name.isPresent() && owner.isPresent() && !roles.isEmpty()
                ? Optional.of(new Service(name.get(), owner.get(), roles, rotateEvery, connections, fields.place()))
                : Optional.empty();
    }

    private Lifecycle lifecycle() {
        Optional<Fields> fields = top.part("lifecycle", Shape.LIFECYCLE);
        return new Lifecycle(
                fields.flatMap(it -> it.value("login", text -> LoginTemplate.parse(text, user)))
                        .orElseGet(() -> LoginTemplate.parse(USUAL_LOGIN, user)),
                fields.flatMap(it -> it.value("grace", Words::duration)).orElse(USUAL_GRACE),
                fields.flatMap(it -> it.value("credentials", Words.oneOf(Credentials.class)))
                        .orElse(Credentials.EXTERNAL),
                fields.flatMap(it -> it.value("rotateEvery", Words::someTime)));
    }

    private Protection protection() {
        return top.part("protected", Shape.PROTECTED)
                .map(it -> values(it.list(
                        "logins",
                        text -> new Protection(List.of(text)).patterns().getFirst())))
                .map(patterns -> new Protection(patterns.stream().sorted().toList()))
                .orElse(Protection.NONE);
    }

    private Limits brakes() {
        Limits usual = Limits.USUAL;
        return top.part("brakes", Shape.BRAKES)
                .map(it -> new Limits(
                        it.value("removeLogins", Words::percent).orElse(usual.removeLogins()),
                        it.value("suspendLogins", Words::percent).orElse(usual.suspendLogins()),
                        it.value("revokeMemberships", Words::percent).orElse(usual.revokeMemberships()),
                        within(it, "atLeast", usual.atLeast(), 1, 1_000_000)))
                .orElse(usual);
    }

    private int within(Fields fields, String key, int usual, int least, int most) {
        int number = fields.number(key).orElse(usual);
        if (number < least || number > most) {
            findings.error(
                    fields.place(key),
                    "\"" + key + "\" is between " + least + " and " + most + ", not " + number + ".",
                    "Choose another number.");
            return usual;
        }
        return number;
    }

    private Stream<Key> keys(String section) {
        return top.node(section).stream().filter(Keys.class::isInstance).flatMap(node -> ((Keys) node).keys().stream());
    }

    private <T> Map<String, T> named(String section, Shape shape, BiFunction<Key, Fields, Optional<T>> read) {
        top.node(section)
                .filter(node -> !(node instanceof Keys))
                .ifPresent(node -> findings.error(
                        node.place(),
                        "\"" + section + "\" is a group of keys, not " + node.kind() + ".",
                        "Write each " + shape.caption() + " behind its name."));
        Map<String, T> all = new HashMap<>();
        keys(section)
                .forEach(key -> Fields.open(key.value(), shape, findings)
                        .flatMap(fields -> read.apply(key, fields))
                        .ifPresent(value -> all.put(key.name(), value)));
        return all;
    }

    /// The parts of a section whose names, where they have one, are unique.
    private <T> List<T> listed(String section, Shape shape, Function<Fields, Optional<T>> read) {
        Map<String, Place> names = new HashMap<>();
        List<T> all = new ArrayList<>();
        for (Fields fields : top.parts(section, shape)) {
            fields.key("name")
                    .filter(key -> key.value() instanceof Node.Scalar)
                    .ifPresent(key ->
                            once(((Node.Scalar) key.value()).text(), key.value().place(), shape, names));
            read.apply(fields).ifPresent(all::add);
        }
        return all;
    }

    private void once(String name, Place place, Shape shape, Map<String, Place> names) {
        Place before = names.putIfAbsent(name, place);
        if (before != null) {
            findings.error(
                    place,
                    "A " + shape.caption() + " \"" + name + "\" is defined twice, first at " + before + ".",
                    "Keep one of the two or rename this one.");
        }
    }

    private static <K, T> Map<K, T> byKey(Map<String, T> named, Function<String, K> key) {
        Map<K, T> all = new HashMap<>();
        named.forEach((name, value) -> all.put(key.apply(name), value));
        return all;
    }

    private static <T> Set<T> values(List<Placed<T>> placed) {
        return placed.stream().map(Placed::value).collect(toUnmodifiableSet());
    }
}
