package dev.rolewright.contract;

import dev.rolewright.contract.Node.Key;
import dev.rolewright.contract.Node.Keys;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.TargetName;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/// The names that a contract defines, whatever else is wrong with what they stand for, and the way to refer to them.
///
final class Defined {

    private final Fields top;
    private final Set<String> environments;
    private final Set<String> targets;
    private final Set<String> roles;

    /// @param top the sections of the contract
    Defined(Fields top) {
        this.top = top;
        this.environments = names("environments");
        this.targets = names("targets");
        this.roles = names("roles");
    }

    /// What a section of names defines.
    List<Key> in(String section) {
        return top.node(section)
                .map(node -> node instanceof Keys keys ? keys.keys() : List.<Key>of())
                .orElse(List.of());
    }

    private Set<String> names(String section) {
        return in(section).stream().map(Key::name).collect(Collectors.toSet());
    }

    Function<String, String> environment() {
        return Words.defined("environment", environments, Function.identity());
    }

    Function<String, TargetName> target() {
        return Words.defined("target", targets, TargetName::new);
    }

    Function<String, RoleName> role() {
        return text -> {
            if (!roles.contains(text) && Predefined.isName(text)) {
                throw new Misspelt(
                        "\"" + text + "\" is a role of the server itself, which no contract reaches.",
                        Predefined.equalsSuperuser(text)
                                ? "It equals superuser; grant what is needed on the objects themselves."
                                : "Grant what is needed on the objects themselves.");
            }
            return Words.defined("role", roles, RoleName::new).apply(text);
        };
    }
}
