package dev.rolewright.ops;

import dev.rolewright.model.Danger;
import dev.rolewright.reach.TargetsConfig;
import dev.rolewright.reach.TargetsConfig.TargetConfig;
import dev.rolewright.store.StoreFailure;
import io.quarkus.arc.All;
import io.quarkus.runtime.LaunchMode;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.eclipse.microprofile.config.Config;
import org.jboss.logging.Logger;

/// Says at the end of start-up how to reach this Rolewright, and what an operator should know about it.
///
/// Development tokens are printed, past the log, because nobody should have to look for them; in production no secret
/// is ever printed.
@ApplicationScoped
class StartupReport {

    private static final Logger LOG = Logger.getLogger(StartupReport.class);
    private static final Pattern SENDER = Pattern.compile("rolewright\\.hr\\.sender\\.([^.]+)\\.token(-file)?");

    private final Config config;
    private final TargetsConfig targets;
    private final List<Danger.Witness> witnesses;
    private final boolean development;

    @Inject
    StartupReport(Config config, TargetsConfig targets, @All List<Danger.Witness> witnesses) {
        this(config, targets, witnesses, LaunchMode.current() == LaunchMode.DEVELOPMENT);
    }

    StartupReport(Config config, TargetsConfig targets, List<Danger.Witness> witnesses, boolean development) {
        this.config = config;
        this.targets = targets;
        this.witnesses = witnesses;
        this.development = development;
    }

    void give() {
        List<Danger> dangers = dangers();
        dangers.forEach(danger -> LOG.warn(danger.warning()));
        Map<String, String> lines = lines();
        lines.put(
                "Not safe",
                dangers.isEmpty() ? "nothing that is known" : "see the " + dangers.size() + " warnings above");
        if (development) {
            System.out.println(asBlock(lines));
        } else {
            lines.forEach((what, value) -> LOG.infof("%s: %s", what, value));
        }
    }

    /// What is dangerous and what ends it. Somebody who cannot say so, because the store is away, keeps nobody else
    /// from it.
    List<Danger> dangers() {
        return witnesses.stream().flatMap(StartupReport::dangers).toList();
    }

    private static Stream<Danger> dangers(Danger.Witness witness) {
        try {
            return witness.dangers().stream();
        } catch (RuntimeException failure) {
            LOG.debug("Not everything could be looked at", failure);
            if (StoreFailure.away(failure).isEmpty()) {
                // Its own words could quote a secret, so only whoever asks for all reads them.
                LOG.errorf(
                        "Looking for what is not safe failed: %s at %s",
                        failure.getClass().getName(),
                        Arrays.stream(failure.getStackTrace()).findFirst().orElse(null));
            }
            return Stream.of(new Danger(
                    "Not everything could be looked at: " + failure.getClass().getSimpleName() + ".",
                    "The next start looks again."));
        }
    }

    /// What there is to say, in the order it is said.
    Map<String, String> lines() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put(
                "SCIM base URL",
                value("rolewright.scim.base-url").orElseGet(this::address).replaceFirst("/$", "") + "/scim/v2");
        lines.put(
                "SCIM token", token("rolewright.scim.token").orElse("none preset; ROLEWRIGHT_SCIM_TOKEN presets one"));
        lines.put("Admin API", address() + "/api");
        lines.put("Admin token", token("rolewright.admin.token").orElseGet(this::adminWithoutToken));
        lines.put("API docs", address() + "/q/swagger-ui");
        lines.put(
                "Contract",
                value("rolewright.contract.directory")
                        .orElse("none read here; ROLEWRIGHT_CONTRACT_DIRECTORY names its folder"));
        lines.put("Targets", targetNames());
        lines.put("HR systems", senderNames());
        return lines;
    }

    private String targetNames() {
        return targets.byName().isEmpty()
                ? "none; rolewright.target.<name>.url says where the contract's target of that name is"
                : targets.byName().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .map(target -> target.getKey() + " at "
                                + TargetConfig.address(target.getValue()) + " as "
                                + target.getValue().username())
                        .collect(Collectors.joining(", "));
    }

    private String senderNames() {
        String names = StreamSupport.stream(config.getPropertyNames().spliterator(), false)
                .map(SENDER::matcher)
                .filter(Matcher::matches)
                .map(key -> key.group(1))
                .distinct()
                .sorted()
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? "none; rolewright.hr.sender.<name>.token lets one in" : names;
    }

    private static String asBlock(Map<String, String> lines) {
        return lines.entrySet().stream()
                .map(line -> String.format("  %-14s %s", line.getKey(), line.getValue()))
                .collect(Collectors.joining("\n", "\nRolewright is ready.\n", "\n"));
    }

    private Optional<String> token(String key) {
        return value(key).map(token -> development ? token : "preset");
    }

    private String adminWithoutToken() {
        return value("rolewright.admin.jwt.issuer")
                .map(issuer -> "none; the tokens of " + issuer + " open this door")
                .orElse("none, this door is closed; ROLEWRIGHT_ADMIN_TOKEN opens it");
    }

    private String address() {
        String host = value("quarkus.http.host")
                .filter(name -> !name.equals("0.0.0.0"))
                .orElse("localhost");
        return "http://" + host + ":" + value("quarkus.http.port").orElse("8080");
    }

    private Optional<String> value(String key) {
        return config.getOptionalValue(key, String.class);
    }
}
