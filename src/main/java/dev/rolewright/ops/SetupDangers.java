package dev.rolewright.ops;

import dev.rolewright.engine.Engines;
import dev.rolewright.engine.ThisHost;
import dev.rolewright.model.Danger;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;

/// Knows what the configuration makes dangerous, whatever is spoken to: the way in, the store, and where secrets are.
@ApplicationScoped
class SetupDangers implements Danger.Witness {

    private static final String STORE_URL = "quarkus.datasource.jdbc.url";
    private static final String STORE_EXTRA = "quarkus.datasource.jdbc.additional-jdbc-properties.";

    private static final Predicate<String> SECRET = Pattern.compile("quarkus\\.datasource\\.password"
                    + "|quarkus\\.otel\\.exporter\\.otlp(\\.[a-z]+)?\\.headers"
                    + "|rolewright\\.(admin|scim)\\.token|rolewright\\.target\\..+\\.password"
                    + "|rolewright\\.hr\\.sender\\..+\\.(token|key)")
            .asMatchPredicate();

    /// The one kind of source that keeps each key in a file of its own.
    private static final String FILES = "FileSystemConfigSource";

    private final Config config;
    private final Predicate<String> isInTheOpen;

    @Inject
    SetupDangers(Config config, Engines engines) {
        this(config, engines::isInTheOpen);
    }

    /// @param isInTheOpen whether an address leads to another host without asking for TLS
    SetupDangers(Config config, Predicate<String> isInTheOpen) {
        this.config = config;
        this.isInTheOpen = isInTheOpen;
    }

    @Override
    public List<Danger> dangers() {
        return Stream.of(plainHttp(), embeddedStore(), demo(), storeInTheOpen(), plainSecrets())
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Danger> plainHttp() {
        String host = value("quarkus.http.host").orElse("0.0.0.0");
        boolean tls = value("rolewright.scim.base-url")
                        .filter(url -> url.regionMatches(true, 0, "https://", 0, 8))
                        .isPresent()
                || value("quarkus.http.insecure-requests")
                        .filter(Set.of("disabled", "redirect")::contains)
                        .isPresent();
        return tls || ThisHost.is(host)
                ? Optional.empty()
                : Optional.of(new Danger(
                        "The doors listen on " + host
                                + " for plain HTTP, and nothing says that TLS is in front of them: whoever"
                                + " is on the way reads tokens and passwords.",
                        "rolewright.scim.base-url with the https:// address of what speaks TLS there ends it, or"
                                + " quarkus.http.host=127.0.0.1 (src/docs/how-to/install.md)."));
    }

    private Optional<Danger> embeddedStore() {
        return value(Preparation.EMBEDDED_STORE)
                .map(folder -> new Danger(
                        "The store is an embedded PostgreSQL in " + folder
                                + ". It is for trying Rolewright out: nobody backs it up, and it cannot be shared.",
                        "QUARKUS_DATASOURCE_JDBC_URL names a real server."));
    }

    private Optional<Danger> demo() {
        return value(Preparation.DEMO_DATABASE)
                .map(url -> new Danger(
                        "The demo database " + url + " lets people in from this machine without a password.",
                        "ROLEWRIGHT_DEMO=false starts without it."));
    }

    private Optional<Danger> storeInTheOpen() {
        return value(STORE_URL)
                .map(url -> url
                        + Stream.of("sslmode", "ssl")
                                .flatMap(name -> value(STORE_EXTRA + name).map(said -> name + "=" + said).stream())
                                .map(said -> (url.contains("?") ? "&" : "?") + said)
                                .findFirst()
                                .orElse(""))
                .filter(isInTheOpen)
                .map(_ -> new Danger(
                        "The store is on another host and need not speak TLS: whoever is on the way may see everybody's data, and"
                                + " write what they like.",
                        STORE_URL
                                + " with sslmode=verify-full ends it; with sslmode=require nobody can read it who only"
                                + " listens."));
    }

    private Optional<Danger> plainSecrets() {
        Set<String> own = Preparation.given();
        String plain = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .filter(SECRET)
                .filter(key -> !own.contains(key) && value(key).isPresent() && !isInFile(key))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return plain.isEmpty()
                ? Optional.empty()
                : Optional.of(new Danger(
                        "Secrets are in the environment or among other configuration, where whoever lists processes or reads the"
                                + " configuration finds them: " + plain + ".",
                        "A file that is named like its key, in a folder of smallrye.config.source.file.locations, or the"
                                + " key's own -file ends it (src/docs/reference/configuration.md)."));
    }

    private boolean isInFile(String key) {
        String source = config.getConfigValue(key).getSourceName();
        return source != null && source.startsWith(FILES);
    }

    private Optional<String> value(String key) {
        return config.getOptionalValue(key, String.class);
    }
}
