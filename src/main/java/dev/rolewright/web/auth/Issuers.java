package dev.rolewright.web.auth;

import dev.rolewright.source.Source;
import dev.rolewright.web.auth.AdminConfig.AdminIssuerConfig;
import dev.rolewright.web.auth.SourcesConfig.SourceIssuerConfig;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The issuers that configuration names, checked at start-up and with their keys on the way.
@ApplicationScoped
class Issuers {

    private static final Set<String> PERSON_ATTRIBUTES = Set.of("id", "userName", "externalId");

    private final Map<String, Trusted<SourceIssuerConfig>> ofSources;
    private final Map<String, Trusted<SourceIssuerConfig>> ofPersons;
    private final Optional<Trusted<AdminIssuerConfig>> ofAdmins;

    /// An issuer together with what its configuration says about the meaning of its tokens.
    record Trusted<C extends IssuerConfig>(C config, Issuer issuer, KeySet keys) {

        /// @param setting where the configuration is, for the sentence that says what is wrong with it
        static <C extends IssuerConfig> Optional<Trusted<C>> of(String setting, C config) {
            if (config.issuer().isEmpty()) {
                if (config.audience().isPresent()
                        || config.jwksUrl().isPresent()
                        || config.jwksFile().isPresent()) {
                    throw new IllegalArgumentException(setting + ".issuer is missing");
                }
                return Optional.empty();
            }
            String name = config.issuer().get();
            Set<String> audience = config.audience()
                    .orElseThrow(() -> new IllegalArgumentException(setting + ".audience is missing: without it a token"
                            + " made for any other application would be accepted"));
            KeySet keys = new KeySet(name, KeyOrigins.of(setting, config));
            return Optional.of(new Trusted<>(config, new Issuer(name, audience, config, keys), keys));
        }
    }

    Issuers(SourcesConfig sources, AdminConfig admins) {
        Map<String, Trusted<SourceIssuerConfig>> byName = new HashMap<>();
        sources.byName()
                .forEach((name, source) -> ofSource(name, source.jwt()).ifPresent(issuer -> byName.put(name, issuer)));
        this.ofSources = Map.copyOf(byName);
        byName.values().removeIf(trusted -> trusted.config().personClaim().isEmpty());
        this.ofPersons = Map.copyOf(byName);
        this.ofAdmins = Trusted.of("rolewright.admin.jwt", admins.jwt());
    }

    Optional<Trusted<SourceIssuerConfig>> of(Source source) {
        return Optional.ofNullable(ofSources.get(source.name()));
    }

    /// Those whose tokens can stand for a person, by the name of the source.
    Map<String, Trusted<SourceIssuerConfig>> ofPersons() {
        return ofPersons;
    }

    Optional<Trusted<AdminIssuerConfig>> ofAdmins() {
        return ofAdmins;
    }

    void fetchKeys(@Observes StartupEvent starting) {
        Stream.concat(ofSources.values().stream(), ofAdmins.stream())
                .forEach(trusted -> trusted.keys().ask());
    }

    private static Optional<Trusted<SourceIssuerConfig>> ofSource(String name, SourceIssuerConfig config) {
        String setting = "rolewright.source." + name + ".jwt";
        if (!Source.isName(name)) {
            throw new IllegalArgumentException(setting + " names no source: " + name + " cannot be a source's name");
        }
        if (!PERSON_ATTRIBUTES.contains(config.personAttribute())) {
            throw new IllegalArgumentException(
                    setting + ".person-attribute must be one of id, userName and externalId");
        }
        return Trusted.of(setting, config);
    }
}
