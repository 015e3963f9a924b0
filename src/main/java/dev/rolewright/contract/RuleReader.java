package dev.rolewright.contract;

import dev.rolewright.contract.GroupSelector.Name;
import dev.rolewright.contract.Mapping.Condition;
import dev.rolewright.contract.Node.Items;
import dev.rolewright.model.LoginName;
import dev.rolewright.model.RoleName;
import dev.rolewright.scim.ScimProblem;
import dev.rolewright.scim.filter.Binder;
import dev.rolewright.scim.filter.Filter;
import dev.rolewright.scim.filter.FilterLimits;
import dev.rolewright.scim.filter.FilterParser;
import dev.rolewright.scim.filter.FilterPrinter;
import dev.rolewright.scim.filter.Resolved;
import dev.rolewright.scim.schema.Attribute.Mutability;
import dev.rolewright.scim.schema.ResourceType;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads who gets roles: mappings, separations, elevations and services.
final class RuleReader {

    private static final Pattern SERVICE_NAME = Pattern.compile("[a-z][a-z0-9_-]{0,62}");

    private final Defined defined;
    private final ResourceType user;
    private final Findings findings;

    RuleReader(Defined defined, ResourceType user, Findings findings) {
        this.defined = defined;
        this.user = user;
        this.findings = findings;
    }

    Optional<Mapping> mapping(Fields fields) {
        Optional<String> name = fields.text("name");
        Optional<GroupSelector> group = group(fields, "group");
        Optional<Condition> when = fields.value("when", this::condition);
        Set<RoleName> roles = fields.set("roles", defined.role());
        Optional<LocalDate> until = fields.value("until", Words::date);
        return name.isPresent() && group.isPresent() && !roles.isEmpty()
                ? Optional.of(new Mapping(name.get(), group.get(), when, roles, until, fields.place()))
                : Optional.empty();
    }

    private Condition condition(String text) {
        try {
            Filter filter = FilterParser.parse(text, FilterLimits.STANDARD);
            Condition condition = new Condition(FilterPrinter.print(filter), Binder.bind(filter, user));
            condition.filter().paths().filter(RuleReader::isDerived).findFirst().ifPresent(path -> {
                throw new Misspelt(
                        "This condition asks for " + path + ", which the identity provider does not say of a person.",
                        "Name groups with the key \"group\", and ask here for what is said of the person.");
            });
            return condition;
        } catch (ScimProblem e) {
            throw new Misspelt(
                    "This condition is not a SCIM filter on a user: " + e.detail() + ".",
                    "Write something like userType eq \"Employee\".");
        }
    }

    /// What we add to a person ourselves is in no snapshot, so a condition would ask for it in vain.
    static boolean isDerived(Resolved path) {
        return path.top().equals("schemas")
                || path.attribute().mutability() == Mutability.READ_ONLY
                || path.leaf().mutability() == Mutability.READ_ONLY
                || path.leaf().name().equals("$ref");
    }

    private Optional<GroupSelector> group(Fields fields, String key) {
        return fields.part(key, Shape.GROUP).flatMap(this::group);
    }

    private Optional<GroupSelector> group(Fields fields) {
        Optional<String> source = fields.text("source");
        return this.<Name>exactlyOne(
                        fields,
                        Map.of(
                                "displayName", Name.DisplayName::new,
                                "externalId", Name.ExternalId::new,
                                "matches", Name.Matches::new))
                .filter(_ -> source.isPresent() || !fields.has("source"))
                .map(name -> new GroupSelector(name, source));
    }

    private <T> Optional<T> exactlyOne(Fields fields, Map<String, Function<String, T>> ways) {
        List<Optional<T>> chosen = ways.entrySet().stream()
                .filter(way -> fields.has(way.getKey()))
                .map(way -> fields.value(way.getKey(), way.getValue()))
                .toList();
        if (chosen.size() != 1) {
            findings.error(
                    fields.place(),
                    "This does not say in exactly one way who is meant.",
                    "Keep one of the keys " + ways.keySet().stream().sorted().collect(Collectors.joining(", ")) + ".");
            return Optional.empty();
        }
        return chosen.getFirst();
    }

    Optional<Separation> separation(Fields fields) {
        Optional<String> name = fields.text("name");
        Set<RoleName> never = fields.set("never", defined.role());
        if (fields.node("never")
                .filter(node -> node instanceof Items items && items.items().size() == 1)
                .isPresent()) {
            findings.error(fields.place("never"), "One role alone is never held together.", "Name another one.");
        }
        return name.map(it -> new Separation(it, never, fields.place()));
    }

    Optional<Elevation> elevation(Fields fields) {
        Optional<RoleName> role = fields.value("role", defined.role());
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

    Optional<Service> service(Fields fields) {
        Optional<String> name = fields.value("name", RuleReader::serviceName);
        Optional<PersonSelector> owner = fields.part("owner", Shape.PERSON)
                .flatMap(it -> this.<PersonSelector>exactlyOne(
                        it,
                        Map.of(
                                "userName", PersonSelector.UserName::new,
                                "externalId", PersonSelector.ExternalId::new)));
        Set<RoleName> roles = fields.set("roles", defined.role());
        Optional<Duration> rotateEvery = fields.value("rotateEvery", Words::someTime);
        Optional<Integer> connections =
                fields.has("connections") ? Optional.of(fields.within("connections", 1, 1, 10_000)) : Optional.empty();
        return name.isPresent() && owner.isPresent() && !roles.isEmpty()
                ? Optional.of(new Service(name.get(), owner.get(), roles, rotateEvery, connections, fields.place()))
                : Optional.empty();
    }

    private static String serviceName(String text) {
        if (!SERVICE_NAME.matcher(text).matches() || ReservedNames.covers(new LoginName(text))) {
            throw new Misspelt(
                    "\"" + text + "\" cannot be the name of a service.",
                    "Use at most 63 lower-case letters, digits, underscores and hyphens, and no name that servers or"
                            + " their providers use.");
        }
        return text;
    }
}
