package dev.rolewright.web.auth;

import static java.util.stream.Collectors.toUnmodifiableSet;

import dev.rolewright.credential.PresetSecret;
import dev.rolewright.credential.Secret;
import dev.rolewright.model.Danger;
import dev.rolewright.web.auth.Admin.Role;
import dev.rolewright.web.auth.AdminConfig.AdminIssuerConfig;
import dev.rolewright.web.auth.AdminConfig.RoleNames;
import dev.rolewright.web.auth.Issuers.Trusted;
import io.quarkus.runtime.Startup;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jose4j.jwt.JwtClaims;
import org.jspecify.annotations.Nullable;

/// Lets admins in: by the configured admin token, or by a token of the configured OIDC provider that carries a role.
/// It is made with the start, which a token that anybody can guess stops.
@Startup
@ApplicationScoped
class AdminDoor implements Danger.Witness {

    private static final String SETTING = "ROLEWRIGHT_ADMIN_TOKEN";

    private final Optional<Secret> token;
    private final Optional<Trusted<AdminIssuerConfig>> issuer;

    AdminDoor(AdminConfig config, Issuers issuers) {
        this.token = PresetSecret.read(SETTING, config.token());
        this.issuer = issuers.ofAdmins();
    }

    @Override
    public List<Danger> dangers() {
        if (isClosed()) {
            return List.of(new Danger(
                    "The admin door is closed: nobody can make a token, see what goes wrong or decide about what is held.",
                    "rolewright.admin.token or rolewright.admin.jwt.issuer opens it (src/docs/reference/access.md)."));
        }
        return token.flatMap(secret -> PresetSecret.weakness(SETTING, secret)).stream()
                .toList();
    }

    private boolean isClosed() {
        return token.isEmpty() && issuer.isEmpty();
    }

    Verdict<Admin> admit(@Nullable String authorization) {
        if (isClosed()) {
            return Verdict.refused(
                    Refusal.notAllowed(
                            "The admin door is closed: neither ROLEWRIGHT_ADMIN_TOKEN nor rolewright.admin.jwt is configured."));
        }
        Optional<Secret> shown = Presented.secret(authorization);
        if (shown.isEmpty()) {
            return Verdict.refused(Refusal.nothingShown());
        }
        if (token.filter(shown.get()::matches).isPresent()) {
            return Verdict.admitted(Admin.byToken());
        }
        return issuer.flatMap(i -> i.issuer().check(shown.get()).map(claims -> byRoles(i.config(), claims)))
                .orElseGet(() -> Verdict.refused(Refusal.notAccepted()));
    }

    private static Verdict<Admin> byRoles(AdminIssuerConfig config, JwtClaims claims) {
        Set<Role> roles = roles(config.role(), texts(claims.getClaimsMap(), config.roleClaim()));
        return roles.isEmpty()
                ? Verdict.refused(Refusal.notAllowed("The token carries no role of this application."))
                : Verdict.admitted(new Admin(Issuer.actor(claims), roles));
    }

    private static Set<Role> roles(RoleNames names, Set<String> found) {
        Set<Role> roles = EnumSet.noneOf(Role.class);
        if (found.contains(names.admin())) {
            roles.add(Role.ADMIN);
        }
        if (found.contains(names.auditor())) {
            roles.add(Role.AUDITOR);
        }
        if (found.contains(names.approver())) {
            roles.add(Role.APPROVER);
        }
        return roles;
    }

    /// The texts at a claim, be it one text, a list, or somewhere inside objects. The claim's whole name is tried
    /// first, because names that are URLs hold dots too.
    private static Set<String> texts(Map<?, ?> claims, String path) {
        Object value = claims.get(path);
        int dot = path.indexOf('.');
        if (value == null && dot > 0 && claims.get(path.substring(0, dot)) instanceof Map<?, ?> inner) {
            return texts(inner, path.substring(dot + 1));
        }
        return switch (value) {
            case String text -> Set.copyOf(List.of(text.split(" ")));
            case Collection<?> list -> list.stream().map(String::valueOf).collect(toUnmodifiableSet());
            case null, default -> Set.of();
        };
    }
}
