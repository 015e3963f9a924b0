package dev.rolewright.contract;

import dev.rolewright.contract.Lifecycle.Credentials;
import dev.rolewright.contract.Node.Key;
import dev.rolewright.contract.Node.Keys;
import dev.rolewright.model.Limits;
import dev.rolewright.model.Protection;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Sha256;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
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

/// Reads a contract, strictly: whatever is not understood is an error that says where.
public final class ContractReader {

    private static final String USUAL_LOGIN = "{userName.local}";
    private static final Duration USUAL_GRACE = Duration.ofDays(30);

    private final Fields top;
    private final Defined defined;
    private final ResourceType user;
    private final Findings findings;

    private ContractReader(Fields top, ResourceType user, Findings findings) {
        this.top = top;
        this.defined = new Defined(top);
        this.user = user;
        this.findings = findings;
    }

    /// @param files of one directory, in any order
    /// @param user the resource type that conditions and the login template speak of
    /// @param engines the database products that something here speaks to
    public static Reading read(List<SourceFile> files, ResourceType user, Set<String> engines) {
        Findings findings = new Findings();
        Keys tree = Sections.merge(files, findings);
        ContractReader reader = new ContractReader(Fields.of(tree, findings), user, findings);
        Contract contract = reader.contract(tree);
        if (!findings.hasErrors()) {
            RoleChecks.check(contract, findings);
            PowerChecks.check(contract, findings);
            Likeness.check(contract, findings);
            RuleChecks.check(contract, findings);
            TargetChecks.check(contract, reader.defined.in("targets"), engines, findings);
            NotYet.check(contract, findings);
        }
        return new Reading(findings.hasErrors() ? Optional.empty() : Optional.of(contract), findings.all());
    }

    /// Only whole when nothing was found on the way.
    private Contract contract(Keys tree) {
        TargetReader places = new TargetReader(defined, findings);
        RuleReader rules = new RuleReader(defined, user, findings);
        Map<String, Environment> environments = named("environments", Shape.ENVIRONMENT, places::environment);
        Map<String, Target> targets = named("targets", Shape.TARGET, places::target);
        Map<String, Role> roles = named("roles", Shape.ROLE, new RoleReader(defined, targets, findings)::role);
        return new Contract(
                Sha256.hex(tree.canonical()),
                0,
                environments,
                byKey(targets, TargetName::new),
                byKey(roles, RoleName::new),
                listed("mappings", Shape.MAPPING, rules::mapping),
                listed("separation", Shape.SEPARATION, rules::separation),
                listed("elevations", Shape.ELEVATION, rules::elevation),
                lifecycle(),
                listed("services", Shape.SERVICE, rules::service),
                protection(),
                brakes());
    }

    private Lifecycle lifecycle() {
        Optional<Fields> fields = top.part("lifecycle", Shape.LIFECYCLE);
        return new Lifecycle(
                fields.flatMap(it -> it.value("login", text -> LoginTemplate.parse(text, user)))
                        .orElseGet(() -> LoginTemplate.parse(USUAL_LOGIN, user)),
                fields.flatMap(it -> it.value("grace", Words::duration)).orElse(USUAL_GRACE),
                fields.flatMap(it -> it.value("credentials", Words.oneOf(Credentials.class)))
                        .orElse(Credentials.EXTERNAL),
                fields.flatMap(it -> it.value("rotateEvery", Words::someTime)),
                fields.map(it -> it.place("credentials")).orElse(top.place()));
    }

    private Protection protection() {
        return top.part("protected", Shape.PROTECTED)
                .map(it -> it.set(
                        "logins",
                        text -> new Protection(List.of(text)).patterns().getFirst()))
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
                        it.within("atLeast", usual.atLeast(), 1, 1_000_000)))
                .orElse(usual);
    }

    private <T> Map<String, T> named(String section, Shape shape, BiFunction<Key, Fields, Optional<T>> read) {
        top.node(section)
                .filter(node -> !(node instanceof Keys))
                .ifPresent(node -> findings.error(
                        node.place(),
                        "\"" + section + "\" is a group of keys, not " + node.kind() + ".",
                        "Write each " + shape.caption() + " behind its name."));
        Map<String, T> all = new HashMap<>();
        defined.in(section)
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
}
