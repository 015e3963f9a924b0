package dev.rolewright.contract;

import dev.rolewright.contract.Node.Key;
import dev.rolewright.model.RoleKind;
import dev.rolewright.model.RoleName;
import dev.rolewright.model.Target;
import dev.rolewright.model.TargetName;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Reads what roles are and what they may do.
final class RoleReader {

    private final Defined defined;
    private final Map<String, Target> targets;
    private final Findings findings;
    private final GrantReader grants;

    RoleReader(Defined defined, Map<String, Target> targets, Findings findings) {
        this.defined = defined;
        this.targets = targets;
        this.findings = findings;
        this.grants = new GrantReader(findings);
    }

    Optional<Role> role(Key key, Fields fields) {
        Optional<RoleName> name = name(key);
        Optional<RoleKind> kind = fields.value("kind", Words.oneOf(RoleKind.class));
        Optional<String> purpose = fields.text("purpose");
        Optional<String> owner = fields.text("owner");
        Optional<TargetName> target = fields.value("target", defined.target());
        Optional<Target> known = target.map(TargetName::value).map(targets::get);
        List<RoleGrant> granted = fields.parts("grants", Shape.GRANT).stream()
                .flatMap(grant -> grants.grant(grant, known).stream())
                .toList();
        List<Role.RowRule> rows = fields.parts("rows", Shape.ROWS).stream()
                .flatMap(row -> grants.row(row, known).stream())
                .toList();
        Set<RoleName> includes = fields.set("includes", defined.role());
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

    private Optional<RoleName> name(Key key) {
        try {
            return Optional.of(Words.roleName(key.name()));
        } catch (Misspelt e) {
            findings.error(key.place(), e.sentence(), e.fix());
            return Optional.empty();
        }
    }
}
